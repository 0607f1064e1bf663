import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../server/database/database.js';
import { readState, restoreDemo } from './demo-state.js';
import { describeOnEveryEngine, type Engine } from './engines.js';
import { startServer, type TestServer } from './server.js';
import { exchange, type WireRequest, type WireResponse } from './wire.js';

/** One statement of a contract, and the request that shows it. Each starts from the demo set. */
export interface Statement {
  /** `DIALECT-NNN`; permanent: never given to another statement, also not after this one is gone. */
  readonly id: string;
  readonly level: 'MUST' | 'SHOULD' | 'MAY';
  /** Where the contract says so. */
  readonly source: string;
  readonly says: string;
  /** Sent before, in this order; each must succeed. */
  readonly given?: readonly WireRequest[];
  readonly request: WireRequest;
  readonly expect: {
    readonly status: number;
    /** Exact values; undefined when the header must be absent. */
    readonly headers?: Readonly<Record<string, string | undefined>>;
    /** Compared as text, so the order of keys counts; absent when the body must be empty. */
    readonly body?: unknown;
  };
}

/** Stands for any ISO 8601 instant, in UTC or without a zone, in an expected body. */
export const anyInstant = '<instant>';

/** Stands for any token of a session in an expected body. */
export const anyToken = '<token>';

/** What the statements of a contract have in common. */
export interface Contract {
  /** What the contract says of all responses alike. */
  readonly checkEveryResponse: (response: WireResponse) => void;
  /** The server they are about; one with the demo set unless said otherwise. */
  readonly start?: (engine: Engine) => Promise<TestServer>;
  /** Undoes what a request may have changed. */
  readonly restore?: (database: Database) => Promise<void>;
}

/** Runs statements over HTTP on every engine. Whatever is refused must also have changed nothing. */
export function describeConformance(
  name: string,
  statements: readonly Statement[],
  { checkEveryResponse, start = startServer, restore = restoreDemo }: Contract,
): void {
  describeOnEveryEngine(name, (engine) => {
    let server: TestServer;
    let changed = false;
    beforeAll(async () => {
      server = await start(engine);
    });
    afterAll(() => server.close());
    afterEach(async () => {
      if (changed) await restore(server.app.database);
      changed = false;
    });

    for (const statement of statements) {
      test(titleOf(statement), async () => {
        changed = changesState(statement);
        for (const request of statement.given ?? [])
          expect((await exchange(server.url, request)).status).toBeLessThan(400);
        const before = changed && (await readState(server.app.database));
        const response = await exchange(server.url, statement.request);
        checkExpectation(response, statement.expect);
        checkEveryResponse(response);
        if (changed && response.status >= 400) expect(await readState(server.app.database)).toEqual(before);
      });
    }
  });
}

/** Checks that every id is well formed and used once. */
export function describeStatementIds(pattern: RegExp, statements: readonly Statement[]): void {
  describe('statement ids', () => {
    const ids = statements.map(({ id }) => id);
    test('are well formed', () => expect(ids.filter((id) => !pattern.test(id))).toEqual([]));
    test('are unique', () => expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]));
  });
}

function titleOf({ id, level, source, says }: Statement): string {
  return `${id} ${level} ${says} (${source})`;
}

function changesState({ given = [], request }: Statement): boolean {
  return [...given, request].some(({ method = 'GET' }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));
}

function checkExpectation(response: WireResponse, expected: Statement['expect']): void {
  const tokenless = response.text.replace(/fgs_[\w.-]+/g, anyToken);
  const text = tokenless.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|\d{3})/g, anyInstant);
  expect({ status: response.status, text }).toEqual({
    status: expected.status,
    text: expected.body === undefined ? '' : JSON.stringify(expected.body),
  });
  for (const [name, value] of Object.entries(expected.headers ?? {})) {
    expect({ [name]: response.headers[name] }).toEqual({ [name]: value });
  }
}
