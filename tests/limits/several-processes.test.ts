import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnMySql, type Engine } from '../support/engines.js';
import { keys, send, sendGraphql, type TestRequest } from '../support/http.js';
import { findProgram } from '../support/mysql-server.js';
import { type RedisServer, startRedisServer } from '../support/redis-server.js';
import { startServer, type TestServer } from '../support/server.js';

const missing = !findProgram('redis-server') && !findProgram('valkey-server');
if (missing && process.env['CI']) throw new Error('Redis is not installed (Debian: apt-get install redis-server).');

const shared = { SESSION_SECRET: 'a secret that both processes of this test know' };

(missing ? describe.skip : describe)('two servers on one Redis', () => {
  describeOnMySql('and one database', (engine) => {
    let redis: RedisServer;
    let servers: readonly TestServer[];
    beforeAll(async () => {
      const started = await startRedisServer();
      if (!started) throw new Error('Redis did not start.');
      redis = started;
      servers = await startTwo(engine, { ...shared, REDIS_URL: redis.url, RATE_LIMIT_PER_MINUTE: '1000' });
    });
    afterAll(async () => {
      for (const server of servers) await server.close();
      await redis.kill();
    });

    const ask = (place: number, text: string, request: TestRequest = {}) =>
      sendGraphql(servers[place]?.url ?? '', text, request);
    const session = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
    const remaining = async (place: number, request: TestRequest = {}) =>
      Number(/r=(\d+)/.exec((await ask(place, '{ genres }', request)).headers.get('ratelimit') ?? '')?.[1]);

    test('count requests together', async () => {
      const before = await remaining(0);
      expect(await remaining(1)).toBe(before - 1);
      expect(await remaining(0)).toBe(before - 2);
    });

    test('know each other’s sessions, and that they ended', async () => {
      const { body } = await ask(
        0,
        'mutation { register(input: { name: "A", email: "a@example.org", password: "long enough" }) { token } }',
      );
      const { token } = body.data.register;
      expect((await ask(1, '{ viewer { name } }', session(token))).body.data.viewer).toEqual({ name: 'A' });
      await ask(1, 'mutation { logout { outcome } }', session(token));
      expect((await ask(0, '{ viewer { name } }', session(token))).status).toBe(401);
    });

    test('know that a key was revoked', async () => {
      const { body } = await ask(0, 'mutation { createApiKey(input: { name: "k" }) { secret apiKey { id } } }', {
        apiKey: keys.john,
      });
      const { secret, apiKey } = body.data.createApiKey;
      expect((await ask(1, '{ viewer { name } }', { apiKey: secret })).status).toBe(200);
      await ask(0, `mutation { revokeApiKey(input: { id: "${apiKey.id}" }) { outcome } }`, { apiKey: keys.john });
      expect((await ask(1, '{ viewer { name } }', { apiKey: secret })).status).toBe(401);
    });

    test('count wrong passwords together', async () => {
      const login = 'mutation { login(input: { email: "john@example.com", password: "wrong one" }) { token } }';
      const codes = [];
      for (let attempt = 0; attempt < 11; attempt++)
        codes.push((await ask(attempt % 2, login)).body.errors[0].extensions.code);
      expect(codes).toEqual([...Array(10).fill('WRONG_CREDENTIALS'), 'RATE_LIMITED']);
    });

    test('know each other’s registered documents', async () => {
      const query = '{ movie(databaseId: 7) { title } }';
      const sha256Hash = createHash('sha256').update(query).digest('hex');
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      const post = (place: number, body: unknown) => send(`${servers[place]?.url}/graphql`, { body });
      expect((await post(1, { extensions })).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
      await post(0, { query, extensions });
      expect((await post(1, { extensions })).body.data.movie.title).toEqual(expect.any(String));
    });

    test('show what the other wrote', async () => {
      const rate = 'mutation { rateMovie(input: { movieId: "20", score: 3.5 }) { movie { averageRating } } }';
      await ask(0, rate, { apiKey: keys.jane });
      expect((await ask(1, '{ movie(databaseId: 20) { averageRating } }')).body.data.movie).toEqual({
        averageRating: 3.5,
      });
    });

    describe('whose Redis is gone', () => {
      afterEach(async () => {
        await redis.restart();
      });

      test('register documents each for itself', async () => {
        await redis.kill();
        const query = '{ movie(databaseId: 8) { title } }';
        const sha256Hash = createHash('sha256').update(query).digest('hex');
        const extensions = { persistedQuery: { version: 1, sha256Hash } };
        const post = (place: number, body: unknown) => send(`${servers[place]?.url}/graphql`, { body });
        await post(0, { query, extensions });
        expect((await post(0, { extensions })).body.data.movie.title).toEqual(expect.any(String));
        expect((await post(1, { extensions })).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
      });

      test('serve on, each counting for itself', async () => {
        await redis.kill();
        const statuses = await Promise.all([0, 1, 0, 1].map(async (place) => (await ask(place, '{ genres }')).status));
        expect(statuses).toEqual([200, 200, 200, 200]);
        const first = await remaining(0);
        await remaining(1);
        expect(await remaining(0)).toBe(first - 1);
      });
    });
  });
});

/** Two servers that share a database, of which the second only joins. */
async function startTwo(engine: Engine, variables: Record<string, string>): Promise<readonly TestServer[]> {
  const database = await engine.createDatabase();
  const joined: Engine = { ...engine, createDatabase: async () => ({ ...database, drop: async () => {} }) };
  const second = { ...engine, createDatabase: async () => database };
  return [await startServer(joined, { variables }), await startServer(second, { variables })];
}
