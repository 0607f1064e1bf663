import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DatabaseConfig } from '../../server/config/database.js';
import { Database } from '../../server/database/database.js';
import { migrate } from '../../server/database/schema.js';
import { RatingAuditRepository } from '../../server/domain/ratings/rating-audit.repository.js';
import { samples, sendSample, trustingVerifier as tokenVerifier } from '../support/dialect-samples.js';
import { mySqlAt } from '../support/engines.js';
import { describeWithMariaDb, eventually } from '../support/faults.js';
import { keys, send, sendGraphql, type TestResponse } from '../support/http.js';
import type { MySqlServer } from '../support/mysql-server.js';
import { startServerProcess } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

describeWithMariaDb('a server whose database goes away', (start) => {
  let mariaDb: MySqlServer;
  let server: TestServer;
  beforeAll(async () => {
    mariaDb = await start();
    server = await startServer(mySqlAt(mariaDb.url), { tokenVerifier });
  });
  afterAll(async () => {
    await server.close();
    await mariaDb.stop();
  });

  const movies = () => sendGraphql(server.url, '{ movies { nodes { id } } }');
  const isServed = ({ status }: TestResponse) => status === 200;
  const rate = (movieId: number, score: number) =>
    sendGraphql(server.url, `mutation { rateMovie(input: { movieId: "${movieId}", score: ${score} }) { created } }`, {
      apiKey: keys.john,
    });

  /** What each protocol answers when it cannot serve, and that the process itself is well. */
  async function expectUnavailable(): Promise<void> {
    const answers: [TestResponse, unknown][] = [
      [await movies(), graphqlError({ retryAfterSeconds: 5 })],
      [await sendGraphql(server.url, '{ genres }', { apiKey: keys.john }), graphqlError({})],
    ];
    for (const { read, write, unavailable } of samples) {
      answers.push([await sendSample(server.url, read), unavailable]);
      if (write) answers.push([await sendSample(server.url, write), unavailable]);
    }
    for (const [{ status, headers, body }, expected] of answers) {
      expect({ status, retryAfter: headers.get('retry-after'), body }).toEqual({
        status: 503,
        retryAfter: '5',
        body: expected,
      });
    }
    expect((await send(`${server.url}/health`)).status).toBe(200);
    expect((await send(`${server.url}/ready`)).body).toEqual({ status: 'unavailable', reason: 'databaseAway' });
  }

  const graphqlError = (more: Record<string, unknown>) =>
    expect.objectContaining({
      errors: [expect.objectContaining({ extensions: { code: 'UNAVAILABLE', ...more } })],
    });

  it('answers 503 in the words of each protocol, and serves again when it is back', async () => {
    expect(await movies()).toMatchObject({ status: 200 });
    await mariaDb.crash();
    await expectUnavailable();
    await mariaDb.restart();
    await eventually(movies, isServed);
    expect((await send(`${server.url}/ready`)).body).toEqual({ status: 'ready' });
  });

  it('loses no write that it acknowledged, and applies none halfway', async () => {
    const acknowledged = new Map<number, number>();
    const refused = new Map<number, Set<number>>();
    const writing = Array.from({ length: 10 }, async (_, index) => {
      const movieId = index + 1;
      for (let score = 0; score <= 5; score += 0.25) {
        const { body } = await rate(movieId, score);
        if (body.data?.rateMovie) {
          acknowledged.set(movieId, score);
          refused.delete(movieId);
        } else {
          refused.set(movieId, (refused.get(movieId) ?? new Set()).add(score));
        }
      }
    });
    await eventually(
      async () => acknowledged.size,
      (size) => size > 5,
    );
    await mariaDb.crash();
    await Promise.all(writing);
    await mariaDb.restart();
    await eventually(movies, isServed);
    expect(refused.size).toBeGreaterThan(0);
    for (const [movieId, score] of acknowledged) {
      const query = `{ movie(databaseId: ${movieId}) { viewer { rating { score } } } }`;
      const { body } = await sendGraphql(server.url, query, { apiKey: keys.john });
      // What was refused because the answer got lost may have been done all the same.
      expect([score, ...(refused.get(movieId) ?? [])]).toContain(body.data.movie.viewer.rating.score);
    }
    for await (const { drifted } of new RatingAuditRepository(server.app.database).audit()) expect(drifted).toEqual([]);
  });

  it('does not wait for one that hangs', async () => {
    await mariaDb.freeze();
    try {
      expect((await Promise.all([movies(), movies(), rate(1, 1)])).map(({ status }) => status)).toEqual([
        503, 503, 503,
      ]);
      await expectUnavailable();
    } finally {
      mariaDb.thaw();
    }
    await eventually(movies, isServed);
    expect(server.app.database.pool).toEqual({ busy: 0, waiting: 0 });
  });
});

describeWithMariaDb('a server that starts before its database', (start) => {
  let mariaDb: MySqlServer;
  beforeAll(async () => {
    mariaDb = await start();
  });
  afterAll(() => mariaDb.stop());

  it('is alive, says why it is not ready, and serves when the database is there', async () => {
    const database = await mySqlAt(mariaDb.url).createDatabase();
    await mariaDb.crash();
    const server = await startServerProcess({ NODE_ENV: 'production', DATABASE_URL: database.url }, '/health');
    const ready = () => send(`${server.url}/ready`);
    expect(await ready()).toMatchObject({ status: 503, body: { reason: 'databaseAway' } });
    await mariaDb.restart();
    await eventually(ready, ({ body }) => body.reason === 'migrationsPending');
    await migrateWith(database.config);
    await eventually(ready, ({ status }) => status === 200);
    expect(server.output()).toContain('not ready: the database does not answer');
    expect(await server.end('SIGTERM')).toBe(0);
  });
});

async function migrateWith(config: DatabaseConfig): Promise<void> {
  const database = await Database.open(config);
  await migrate(database);
  await database.close();
}
