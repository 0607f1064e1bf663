import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { VerifiedToken } from '../../server/identity/token-verifier.js';
import { sqlite } from './engines.js';
import { createUser } from './factories.js';
import { keys, send, type TestRequest } from './http.js';
import { startServer, type TestServer } from './server.js';

/** A write that a contract leaves open to anyone. */
export interface OpenWrite {
  /** Method and path. */
  readonly route: string;
  /** A body that is right each time. */
  readonly body: () => object;
  /** What it is answered. */
  readonly status: number;
}

const keeper: VerifiedToken = {
  kind: 'service',
  issuer: 'test',
  clientId: 'keeper',
  scopes: new Set(['users:write', 'songs:write', 'libraries:write']),
};
const tokenVerifier = { verify: (token: string) => Promise.resolve(token === 'keeper' ? keeper : undefined) };

/** Sends a request to a route as tests name it. */
export function ask(server: TestServer, route: string, request: TestRequest) {
  const [method = '', path = ''] = route.split(' ');
  return send(server.url + path, { method, ...request });
}

/** Checks the writes of a FastAPI-style dialect, open and closed by an operator. */
export function describeOpenWrites(name: string, writes: readonly OpenWrite[], reads: readonly string[]): void {
  describe(`the writes of ${name}, closed by an operator`, () => {
    let server: TestServer;
    let admin: Record<string, string>;
    beforeAll(async () => {
      server = await startServer(sqlite, {
        variables: { [`${name.toUpperCase()}_OPEN_WRITES`]: 'false' },
        tokenVerifier,
      });
      admin = { 'x-api-key': (await createUser(server.app.database, { role: 'admin' })).apiKey };
    });
    afterAll(() => server.close());

    test.each(writes)('$route asks who that is, before it looks at the body', async ({ route }) => {
      const { status, headers, body } = await ask(server, route, { body: '{' });
      expect({ status, body }).toEqual({ status: 401, body: { detail: 'Not authenticated' } });
      expect(headers.get('www-authenticate')).toBe('Bearer');
    });

    test.each(writes)('$route refuses credentials that nobody has', async ({ route, body }) => {
      for (const headers of [
        { 'x-api-key': 'nobody' },
        { authorization: 'Bearer nobody' },
        { authorization: 'Basic x' },
      ]) {
        expect((await ask(server, route, { headers, body: body() })).status).toBe(401);
      }
    });

    test.each(writes)('$route refuses other people', async ({ route, body }) => {
      const { status, body: answer } = await ask(server, route, { apiKey: keys.john, body: body() });
      expect({ status, answer }).toEqual({ status: 403, answer: { detail: 'Forbidden' } });
    });

    test.each(writes)('$route serves those who may', async ({ route, body, status }) => {
      expect((await ask(server, route, { headers: admin, body: body() })).status).toBe(status);
      const headers = { authorization: 'Bearer keeper' };
      expect((await ask(server, route, { headers, body: body() })).status).toBe(status);
    });

    test.each(writes)(
      '$route counts no session cookie, which pages of any origin send along',
      async ({ route, body }) => {
        const query = `mutation { register(input: { name: "C", email: "${route.length}@c.org", password: "long enough" }) { token } }`;
        const { token } = (await send(`${server.url}/graphql`, { body: { query } })).body.data.register;
        const headers = { cookie: `filmgraph_session=${token}` };
        expect((await ask(server, route, { headers, body: body() })).status).toBe(401);
      },
    );

    test.each(reads)('%s is read by anyone, as before', async (path) => {
      expect((await send(server.url + path)).status).toBe(200);
    });
  });

  describe(`the writes of ${name}`, () => {
    test.each(writes)('$route is so much for an address; what is refused before costs nothing', async (write) => {
      const variables = { [`${name.toUpperCase()}_OPEN_WRITES_PER_MINUTE`]: '2' };
      const server = await startServer(sqlite, { variables });
      try {
        for (let times = 0; times < 4; times++) {
          expect([400, 422]).toContain((await ask(server, write.route, { body: {} })).status);
        }
        for (let times = 0; times < 2; times++) {
          expect((await ask(server, write.route, { body: write.body() })).status).toBe(write.status);
        }
        const { status, headers, body } = await ask(server, write.route, { body: write.body() });
        expect({ status, body }).toEqual({ status: 429, body: { detail: 'Too Many Requests' } });
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
      } finally {
        await server.close();
      }
    });
  });
}
