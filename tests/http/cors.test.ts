import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeInBrowser, startBrowser } from '../support/browser.js';
import { sqlite } from '../support/engines.js';
import { keys, send } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const query = '{ movie(databaseId: 1) { title } viewer { name } }';

/** A page of nothing, at an origin of its own. */
async function servePage(): Promise<{ readonly server: Server; readonly origin: string }> {
  const server = createServer((_request, response) => response.setHeader('Content-Type', 'text/html').end('<p>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }; // a TCP server's address is never a string
}

describe('GraphQL and pages of other origins', () => {
  let friend: Awaited<ReturnType<typeof servePage>>;
  let stranger: Awaited<ReturnType<typeof servePage>>;
  let server: TestServer;
  beforeAll(async () => {
    [friend, stranger] = await Promise.all([servePage(), servePage()]);
    server = await startServer(sqlite, { config: { playground: true }, variables: { CORS_ORIGINS: friend.origin } });
  });
  afterAll(async () => {
    for (const page of [friend, stranger]) page.server.close();
    await server.close();
  });

  const preflight = (origin: string, url = server.url) => {
    const headers = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-api-key' };
    return send(`${url}/graphql`, { method: 'OPTIONS', headers });
  };

  it('lets those in whose origins are listed', async () => {
    const { status, headers } = await preflight(friend.origin);
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe(friend.origin);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    expect(headers.get('access-control-allow-methods')).toContain('POST');
    expect(headers.get('access-control-allow-headers')).toBe('x-api-key');
  });

  it('tells the browsers of others nothing', async () => {
    const { headers } = await preflight(stranger.origin);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('has no OPTIONS where no origin is listed', async () => {
    const plain = await startServer(sqlite, { config: { playground: true } });
    const { status, headers } = await preflight(friend.origin, plain.url);
    await plain.close();
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  describeInBrowser('in a browser', () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await startBrowser();
    });
    afterAll(() => browser.close());

    /** What a page of an origin reads of GraphQL's answer. */
    async function ask(origin: string): Promise<unknown> {
      const page = await browser.newPage();
      await page.goto(origin);
      const headers = { 'content-type': 'application/json', 'x-api-key': keys.john };
      const request = { method: 'POST', headers, body: JSON.stringify({ query }) };
      return page.evaluate(
        async ([url, init]) =>
          fetch(url, init).then(
            (answer) => answer.json(),
            () => 'kept from the page',
          ),
        [`${server.url}/graphql`, request] as const,
      );
    }

    it('is read by pages of listed origins', async () => {
      expect(await ask(friend.origin)).toEqual({
        data: { movie: { title: 'Inception' }, viewer: { name: 'John Doe' } },
      });
    });

    it('is kept from pages of others', async () => {
      expect(await ask(stranger.origin)).toBe('kept from the page');
    });
  });
});
