import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../server/database/database.js';
import { migrate } from '../server/database/schema.js';
import { seedDemo } from '../server/database/seeds/demo.seed.js';
import { contracts } from './support/contracts.js';
import { describeOnEveryEngine, type Engine } from './support/engines.js';
import { keys, send, sendGraphql } from './support/http.js';
import { startServerProcess } from './support/process.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'filmgraph-test-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the first start', () => {
  it('migrates and seeds an embedded database, and tells a developer where everything is', async () => {
    const server = await startServerProcess({ DATABASE_URL: `sqlite:${join(folder, 'new', 'first.sqlite')}` });
    const { body } = await sendGraphql(server.url, '{ movies { totalCount } }');
    expect(body.data.movies.totalCount).toBe(25);
    const entries = contracts.map(({ dialect }) => server.url + dialect.entry);
    for (const text of [`${server.url}/graphql`, ...entries, ...Object.values(keys)])
      expect(server.output()).toContain(text);
    expect(await server.end('SIGTERM')).toBe(0);
    expect(server.output()).toContain('stopped');
  });

  it('changes nothing by itself in production', async () => {
    const path = `sqlite:${join(folder, 'production.sqlite')}`;
    const server = await startServerProcess({ NODE_ENV: 'production', DATABASE_URL: path }, '/health');
    expect((await send(`${server.url}/ready`)).status).toBe(503);
    const { body } = await sendGraphql(server.url, '{ genres }');
    expect(body.errors[0].extensions.code).toBe('INTERNAL_SERVER_ERROR');
    expect(server.output()).not.toContain(keys.john);
    expect(await server.end('SIGTERM')).toBe(0);
  });
});

describe('a process that cannot take connections for a while', () => {
  it('loses none of a thousand that come at once', async () => {
    const server = await startServerProcess({ DATABASE_URL: `sqlite:${join(folder, 'busy.sqlite')}` });
    server.signal('SIGSTOP');
    const sockets = Array.from({ length: 1000 }, () => connect(Number(new URL(server.url).port), '127.0.0.1'));
    const answers = sockets.map(ask);
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    server.signal('SIGCONT');
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['HTTP/1.1 200 OK']));
    await server.end('SIGTERM');
  });

  /** @returns the first line of the answer */
  async function ask(socket: Socket): Promise<string> {
    socket.write('GET /health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    const [first] = await once(socket, 'data');
    socket.destroy();
    return String(first).split('\r\n', 1)[0] ?? '';
  }
});

describe('a start that cannot succeed', () => {
  it('ends with one line that names the variable when the file is no database', async () => {
    const path = join(folder, 'text.sqlite');
    writeFileSync(path, 'this is no database, whatever its name says');
    const starting = startServerProcess({ DATABASE_URL: `sqlite:${path}` });
    await expect(starting).rejects.toThrow(
      'DATABASE_URL: expected a SQLite file that can be used, but: file is not a database\n',
    );
  });
});

describeOnEveryEngine('a killed server', (engine) => {
  it('has lost nothing that it acknowledged, and its averages still agree', async () => {
    const { url, drop } = await prepare(engine);
    const first = await startServerProcess({ NODE_ENV: 'production', DATABASE_URL: url });
    const acknowledged: number[] = [];
    const writing = Array.from({ length: 25 }, async (_, index) => {
      const movieId = index + 1;
      for (let score = 0; score <= 5; score++) {
        const query = `mutation { rateMovie(input: { movieId: "${movieId}", score: ${score} }) { movie { databaseId } } }`;
        const answer = await sendGraphql(first.url, query, { apiKey: keys.john }).catch(() => undefined);
        if (!answer?.body?.data) return;
        acknowledged[movieId] = score;
        if (movieId === 12 && score === 3) void first.end('SIGKILL');
      }
    });
    await Promise.all(writing);
    const second = await startServerProcess({ NODE_ENV: 'production', DATABASE_URL: url });
    const query =
      '{ movies(first: 25) { nodes { databaseId averageRating ratingCount viewer { rating { score } } ratings(first: 100) { nodes { score } } } } }';
    const { body } = await sendGraphql(second.url, query, { apiKey: keys.john });
    expect(acknowledged.length).toBeGreaterThan(12);
    for (const movie of body.data.movies.nodes) {
      const stored = movie.viewer.rating?.score ?? -1;
      // One more write may have been committed whose answer did not get out any more.
      const last = acknowledged[movie.databaseId];
      if (last !== undefined) expect([last, last + 1]).toContain(stored);
      const scores = movie.ratings.nodes.map(({ score }: { score: number }) => score);
      const sum = scores.reduce((total: number, score: number) => total + score * 100, 0);
      expect([movie.ratingCount, movie.averageRating]).toEqual([
        scores.length,
        scores.length ? sum / (scores.length * 100) : null,
      ]);
    }
    await second.end('SIGKILL');
    await drop();
  });
});

/** A migrated and seeded database that outlives a process. */
async function prepare(engine: Engine): Promise<{ url: string; drop: () => Promise<void> }> {
  const created = await engine.createDatabase();
  const file = join(folder, 'killed.sqlite');
  const url = engine.name === 'sqlite' ? `sqlite:${file}` : created.url;
  const database = await Database.open(engine.name === 'sqlite' ? { engine: 'sqlite', path: file } : created.config);
  await migrate(database);
  await seedDemo(database);
  await database.close();
  return { url, drop: created.drop };
}
