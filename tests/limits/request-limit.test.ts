import { afterEach, describe, expect, test } from '@jest/globals';
import * as dialects from '../../server/rest/index.js';
import { sqlite } from '../support/engines.js';
import { keys, send, sendGraphql, type TestRequest } from '../support/http.js';
import { startServer } from '../support/server.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** @returns the URL of a server with the demo set */
async function serve(variables: Record<string, string>): Promise<string> {
  const server = await startServer(sqlite, { variables });
  cleanups.push(() => server.close());
  return server.url;
}

const anyone = (url: string, request: TestRequest = {}) => sendGraphql(url, '{ genres }', request);

describe('the limit of requests', () => {
  test('says in every response what is left, and in the last what to wait for', async () => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '2' });
    const responses = [await anyone(url), await anyone(url), await anyone(url)];
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(responses.map(({ headers }) => headers.get('ratelimit-policy'))).toEqual(
      Array(3).fill('"requests";q=2;w=60'),
    );
    expect(responses.map(({ headers }) => headers.get('ratelimit')?.replace(/t=\d+$/, 't=N'))).toEqual([
      '"requests";r=1;t=N',
      '"requests";r=0;t=N',
      '"requests";r=0;t=N',
    ]);
    const [, , refused] = responses;
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.body.errors).toEqual([expect.objectContaining({ extensions: { code: 'RATE_LIMITED' } })]);
  });

  test.each(Object.values(dialects))('$title answers it in its own form', async ({ entry }) => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '1' });
    await anyone(url);
    const { status, headers, body } = await send(url + entry);
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(body.errors).toBeUndefined();
    expect(Object.values(body).length).toBeGreaterThan(0);
  });

  test('counts people apart, wherever they come from, and is one over all protocols', async () => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '3' });
    const john = { apiKey: keys.john };
    // Who a credential belongs to is known after its first request, which counts for the address.
    expect((await anyone(url, john)).status).toBe(200);
    const own = [await anyone(url, john), await anyone(url, john), await anyone(url, john), await anyone(url, john)];
    expect(own.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    expect((await anyone(url, { apiKey: keys.jane })).status).toBe(200);
    expect((await anyone(url)).status).toBe(200);
    expect((await anyone(url)).status).toBe(429);
  });

  test('is not escaped by inventing credentials', async () => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '2' });
    const statuses = [];
    for (const apiKey of ['a', 'b', 'c', 'd']) statuses.push((await anyone(url, { apiKey })).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  test('takes more for what costs more, before it runs', async () => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '40' });
    const large = '{ movies(first: 100) { nodes { ratings(first: 20) { nodes { user { name } } } } } }';
    const { status, body } = await sendGraphql(url, large);
    expect({ status, code: body.errors?.[0].extensions.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
    expect(body.data).toBeUndefined();
  });

  test('does not keep a load balancer from asking how the server is', async () => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '1' });
    const statuses = [];
    for (let count = 0; count < 5; count++) statuses.push((await send(`${url}/health`)).status);
    expect(statuses).toEqual(Array(5).fill(200));
  });

  test('can be off, and then also says nothing', async () => {
    const url = await serve({ RATE_LIMIT: 'off', RATE_LIMIT_PER_MINUTE: '1' });
    await anyone(url);
    const { status, headers } = await anyone(url);
    expect({ status, header: headers.get('ratelimit') }).toEqual({ status: 200, header: null });
  });

  test('tells people behind a trusted proxy apart', async () => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '1', TRUST_PROXY: '1' });
    const from = async (address: string) => (await anyone(url, { headers: { 'x-forwarded-for': address } })).status;
    expect([await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.1')]).toEqual([200, 200, 429]);
    // One subscriber has the whole of a /64.
    expect([await from('2001:db8::1'), await from('2001:db8:0:0:ffff::2')]).toEqual([200, 429]);
  });

  test('does not take the word of anyone else', async () => {
    const url = await serve({ RATE_LIMIT_PER_MINUTE: '1' });
    const from = async (address: string) => (await anyone(url, { headers: { 'x-forwarded-for': address } })).status;
    expect([await from('192.0.2.1'), await from('192.0.2.2')]).toEqual([200, 429]);
  });
});
