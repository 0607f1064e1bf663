import { afterEach, describe, expect, test } from '@jest/globals';
import { samples, sendSample, trustingVerifier as tokenVerifier } from '../support/dialect-samples.js';
import { mySqlAt } from '../support/engines.js';
import { eventually, killStatements, listConnections, lockMovieRow, lockTable } from '../support/faults.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { mySqlUrlVariable } from '../support/mysql-server.js';
import { startServer, type TestServer } from '../support/server.js';

const mySqlUrl = process.env[mySqlUrlVariable];
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** What a film's page asks. */
const readMovie = (url: string) => sendGraphql(url, '{ movie(databaseId: 1) { title } }');

const unhurried = { DATABASE_STATEMENT_TIMEOUT_MS: '60000' };

/** A server on MySQL that ends with the test. */
async function startOn(variables: Record<string, string>): Promise<TestServer> {
  const server = await startServer(mySqlAt(mySqlUrl ?? ''), { variables, tokenVerifier });
  cleanups.push(() => server.close());
  return server;
}

/** Takes a lock that is let go at the end of the test at the latest. */
async function lock<T>(
  take: (databaseUrl: string, what: T) => Promise<() => Promise<void>>,
  { databaseUrl }: { databaseUrl: string },
  what: T,
): Promise<() => Promise<void>> {
  const unlock = await take(databaseUrl, what);
  cleanups.unshift(unlock);
  return unlock;
}

(mySqlUrl ? describe : describe.skip)('statements that take long', () => {
  test('fill the pool and its queue, and everyone else is answered 503 at once', async () => {
    const server = await startOn({
      DATABASE_POOL_SIZE: '4',
      DATABASE_QUEUE_LIMIT: '6',
      DATABASE_ACQUIRE_TIMEOUT_MS: '60000',
    });
    const unlock = await lock(lockTable, server, 'movies');
    let refused = 0;
    const asked = Array.from({ length: 40 }, async () => {
      const { status } = await readMovie(server.url);
      if (status === 503) refused += 1;
      return status;
    });
    await eventually(
      async () => refused,
      (count) => count === 30,
    );
    expect(server.app.database.pool).toEqual({ busy: 4, waiting: 6 });
    await unlock();
    const served = (await Promise.all(asked)).filter((status) => status === 200);
    expect(served).toHaveLength(10);
    expect(server.app.database.pool).toEqual({ busy: 0, waiting: 0 });
    expect((await listConnections(server.databaseUrl)).length).toBeLessThanOrEqual(4);
  });

  test('are waited for only so long, and nothing of them stays behind', async () => {
    const server = await startOn({
      DATABASE_POOL_SIZE: '3',
      DATABASE_ACQUIRE_TIMEOUT_MS: '300',
      DATABASE_STATEMENT_TIMEOUT_MS: '600',
    });
    const unlock = await lock(lockTable, server, 'movies');
    const asked = Array.from({ length: 12 }, () => sendGraphql(server.url, '{ movies { nodes { id } } }'));
    for (const { status, headers } of await Promise.all(asked)) {
      expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    }
    expect(server.app.database.pool).toEqual({ busy: 0, waiting: 0 });
    await unlock();
    const after = await Promise.all(Array.from({ length: 12 }, () => readMovie(server.url)));
    expect(after.map(({ status }) => status)).toEqual(after.map(() => 200));
    expect(await listConnections(server.databaseUrl)).toEqual(expect.not.arrayContaining(['Query']));
  });

  test.each(samples)('are refused by $name in its own words', async ({ read, unavailable }) => {
    const server = await startOn({ DATABASE_POOL_SIZE: '1', DATABASE_ACQUIRE_TIMEOUT_MS: '100', ...unhurried });
    const unlock = await lock(lockTable, server, 'genres');
    const slow = sendGraphql(server.url, '{ genres }');
    await eventually(
      async () => server.app.database.pool?.busy,
      (busy) => busy === 1,
    );
    expect(await sendSample(server.url, read)).toMatchObject({ status: 503, body: unavailable });
    await unlock();
    expect((await slow).status).toBe(200);
    expect((await sendSample(server.url, read)).status).toBe(200);
  });

  test('do not make the server look away while others are fast', async () => {
    const server = await startOn({ DATABASE_POOL_SIZE: '3', ...unhurried });
    const unlock = await lock(lockTable, server, 'genres');
    const slow = sendGraphql(server.url, '{ genres }');
    await eventually(
      async () => server.app.database.pool?.busy,
      (busy) => busy === 1,
    );
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect((await send(`${server.url}/ready`)).status).toBe(200);
    await unlock();
    expect((await slow).status).toBe(200);
  });
});

(mySqlUrl ? describe : describe.skip)('the victim of a lock', () => {
  const rate = async (url: string) => {
    const text = 'mutation { rateMovie(input: { movieId: "20", score: 4 }) { created } }';
    const { status, body } = await sendGraphql(url, text, { apiKey: keys.john });
    return { status, created: body.data?.rateMovie?.created };
  };
  const countRatings = async (url: string) =>
    (await sendGraphql(url, '{ movie(databaseId: 20) { ratingCount } }')).body.data.movie.ratingCount;
  const done = { status: 200, created: true };
  const doneBefore = { status: 200, created: false };

  test('is run again until it succeeds, and is done once', async () => {
    const server = await startOn({ DATABASE_STATEMENT_TIMEOUT_MS: '2000' });
    const unlock = await lock(lockMovieRow, server, 20);
    const rating = rate(server.url);
    // Longer than one wait for a lock takes then.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await unlock();
    expect(await rating).toEqual(done);
    expect(await countRatings(server.url)).toBe(1);
    expect(await rate(server.url)).toEqual(doneBefore);
  });

  test('is answered 503 when the lock is never let go, and has changed nothing', async () => {
    const server = await startOn({});
    const unlock = await lock(lockMovieRow, server, 20);
    expect(await rate(server.url)).toMatchObject({ status: 503 });
    await unlock();
    expect(await countRatings(server.url)).toBe(0);
    expect(await rate(server.url)).toEqual(done);
  });

  test('of a killed connection is not run again: what became of it is unknown', async () => {
    const server = await startOn({ DATABASE_POOL_SIZE: '1' });
    const unlock = await lock(lockMovieRow, server, 20);
    const rating = rate(server.url);
    await eventually(
      () => listConnections(server.databaseUrl),
      (commands) => commands.includes('Query'),
    );
    await killStatements(server.databaseUrl);
    await unlock();
    expect((await rating).status).toBe(503);
    expect(await rate(server.url)).toEqual(done);
  });
});

(mySqlUrl ? describe : describe.skip)('a crowd behind one API key', () => {
  test('shares what is asked about the key, and fits into a small pool and queue', async () => {
    const server = await startOn({ DATABASE_POOL_SIZE: '2', DATABASE_QUEUE_LIMIT: '2' });
    const sha256Hash = '0'.repeat(64); // of a document that nobody has registered: nothing but the key is looked up
    const body = { extensions: { persistedQuery: { version: 1, sha256Hash } } };
    const ask = async () => (await send(`${server.url}/graphql`, { method: 'POST', body, apiKey: keys.john })).body;
    const answers = await Promise.all(Array.from({ length: 100 }, ask));
    const codes = answers.map(({ errors }) => errors[0].extensions.code);
    expect(codes).toEqual(Array(100).fill('PERSISTED_QUERY_NOT_FOUND'));
  });
});
