import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { samples } from '../support/dialect-samples.js';
import { sqlite } from '../support/engines.js';
import { send } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

/** What anyone may ask. */
const open = samples.filter(({ read }) => read.credential === undefined);

describe.each(['on', 'off'])('public reads, with CACHE=%s', (mode) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(sqlite, { variables: { CACHE: mode } });
  });
  afterAll(() => server.close());

  test.each(open)(
    '$read.path is answered 304 to who has it, also where fetch says no-cache',
    async ({ read: { path } }) => {
      for (const _time of ['made', 'kept']) {
        const whole = await send(server.url + path);
        const etag = whole.headers.get('etag') ?? '';
        expect([whole.status, whole.headers.get('cache-control')]).toEqual([200, 'no-cache']);
        for (const known of [etag, `"other", ${etag}`, etag.replace(/^W\//, ''), '*']) {
          const again = await send(server.url + path, { headers: { 'if-none-match': known } });
          expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
        }
        const head = await send(server.url + path, { method: 'HEAD' });
        expect([head.status, head.text, head.headers.get('etag')]).toEqual([200, '', etag]);
        expect((await send(server.url + path, { headers: { 'if-none-match': '"other"' } })).text).toBe(whole.text);
      }
    },
  );

  test.each(open)('$read.path has a strong ETag, or the weak one that its contract has', async ({ read, weakEtag }) => {
    const { headers } = await send(server.url + read.path);
    expect(headers.get('etag')).toMatch(weakEtag ? /^W\/"/ : /^"/);
  });
});
