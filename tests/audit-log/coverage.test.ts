import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { graphqlRows } from '../access/graphql.rows.js';
import { type RestRow, restRows } from '../access/rest.rows.js';
import { importOfEachDialect } from '../support/dialect-files.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, send, sendGraphql, type TestResponse } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const dialectRows = await importOfEachDialect<{ rows: readonly RestRow[] }>('access.rows');

/** Technical: which migrations there are, the index that the engine keeps of films, and how often dialects are called. */
const uninteresting = /^mikro_orm|_fts|^dialect_calls$/;
/** Statements that change nothing; whatever begins in another way may. */
const harmless = /^\s*(select|begin|start transaction|commit|rollback|set)\b/i;
/** There are many operations, and each is sent by everyone: on a machine that is busy, that takes a while. */
const patienceMs = 180_000;

interface Sending {
  readonly name: string;
  send(url: string, headers: Record<string, string>): Promise<TestResponse>;
}

let sent = 0;

/** Every operation and route that there is. */
const sendings: readonly Sending[] = [
  ...graphqlRows.map(({ operation, text }) => ({
    name: operation,
    send: (url: string, headers: Record<string, string>) =>
      sendGraphql(url, text.replace('$N', `-audit-${++sent}`), { headers }),
  })),
  ...[...restRows, ...dialectRows.flatMap(({ rows }) => rows)].map(({ route, path, body }) => ({
    name: route,
    send: (url: string, headers: Record<string, string>) =>
      send(url + path, { method: route.slice(0, route.indexOf(' ')), headers, body }),
  })),
];

describeOnEveryEngine('the audit log', (engine) => {
  let server: TestServer;
  let session: string;
  let tables: readonly string[];
  let mayHaveChanged = false;
  beforeAll(async () => {
    server = await startServer(engine, {
      onStatement: ({ query }) => {
        mayHaveChanged ||= !harmless.test(query.sql);
      },
    });
    const input = '{ name: "S", email: "session@example.org", password: "long enough" }';
    const { body } = await sendGraphql(server.url, `mutation { register(input: ${input}) { token } }`);
    session = body.data.register.token;
    const found = await server.app.database.sql.introspection.getTables();
    tables = found.map(({ name }) => name).filter((name) => name !== 'audit_log' && !uninteresting.test(name));
  });
  afterAll(() => server.close());

  it(
    'has an entry for every request that changes anything, whichever operation or route it is',
    async () => {
      const [writers, silent] = [new Set<string>(), new Set<string>()];
      const askers = [{}, { 'x-api-key': keys.john }, { authorization: `Bearer ${session}` }];
      let before = await digest();
      for (const { name, send: sendOne } of sendings) {
        for (const asker of askers) {
          mayHaveChanged = false;
          const { headers } = await sendOne(server.url, asker);
          // Most requests only read, and looking at everything takes longer than any of them.
          if (!mayHaveChanged) continue;
          const after = await digest();
          if (after === before) continue;
          before = after;
          writers.add(name);
          if ((await countEntries(headers.get('x-request-id'))) === 0) silent.add(name);
        }
      }
      expect([...silent]).toEqual([]);
      expect([...writers]).toEqual(expect.arrayContaining(['Mutation.rateMovie', 'Mutation.createImageUpload']));
      expect(await digest()).toBe(before);
    },
    patienceMs,
  );

  async function countEntries(requestId: string | null): Promise<number> {
    const query = server.app.database.sql.selectFrom('audit_log').select((eb) => eb.fn.countAll().as('total'));
    return Number((await query.where('request_id', '=', requestId).executeTakeFirstOrThrow()).total);
  }

  /** A number that tells whether anything is different from before, when a key was used excepted. */
  async function digest(): Promise<string> {
    const { database } = server.app;
    const hash = createHash('sha256');
    for (const name of tables) {
      const { rows } = await sql<object>`select * from ${sql.table(name)}`.execute(database.sql);
      hash.update(JSON.stringify(rows.map((row) => ({ ...row, last_used_at: null }))));
    }
    return hash.digest('hex');
  }
});
