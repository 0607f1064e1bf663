import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { sqlite } from './engines.js';
import { send, type TestResponse } from './http.js';
import { type CapturedLog, captureLog } from './log.js';
import { startServer, type TestServer, type TestServerOptions } from './server.js';

/** A request for something that is only read. */
export interface ReadRow {
  readonly what: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** Why Express sees it all the same: it is unusual, or it is refused. */
  readonly express?: 'declined' | 'refused';
}

/** Sends each request twice, once in a way that no lane takes, and compares everything that comes back and is logged. */
export function describeReads(name: string, rows: readonly ReadRow[], options: TestServerOptions = {}): void {
  describe(`plain reads of ${name}`, () => {
    let server: TestServer;
    let log: CapturedLog;
    let express: jest.SpiedFunction<(...parameters: unknown[]) => void>;
    beforeAll(async () => {
      log = captureLog();
      server = await startServer(sqlite, { ...options, logger: log.logger });
      // Express calls this for each request; its types do not tell.
      express = jest.spyOn(server.app.express as unknown as { handle: (...parameters: unknown[]) => void }, 'handle');
    });
    afterAll(() => server.close());

    const ask = ({ path, headers = {}, method = 'GET' }: ReadRow, more: Readonly<Record<string, string>> = {}) =>
      send(server.url + path, { method, headers: { ...headers, ...more } });

    /** Everything but what is one exchange's own. */
    async function wholeOf({ status, headers, text }: TestResponse) {
      const own = ['date', 'x-request-id', 'ratelimit'];
      const id = headers.get('x-request-id');
      const { requestId, durationMs, time, ...line } = await log.find({ requestId: id, msg: 'request' });
      expect([requestId, durationMs, time]).toEqual([id, expect.any(Number), expect.anything()]);
      const left = Number(/r=(\d+)/.exec(headers.get('ratelimit') ?? '')?.[1]);
      return { left, whole: { status, headers: [...headers].filter(([key]) => !own.includes(key)), text, line } };
    }

    it.each(rows)('are answered and logged as Express does it: $what', async (row) => {
      // A condition that no answer meets is Express's to look at. Who a credential belongs to is known from its second request on.
      const slowly = () => ask(row, { 'if-none-match': '"nothing"' });
      await slowly();
      const expected = await wholeOf(await slowly());
      express.mockClear();
      const actual = await wholeOf(await ask(row));
      expect(actual.whole).toEqual(expected.whole);
      // A limit counts it once, whoever saw it.
      expect(actual.left).toEqual(Number.isNaN(expected.left) ? Number.NaN : expected.left - 1);
      expect(express).toHaveBeenCalledTimes(row.express ? 1 : 0);
    });
  });
}
