import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readConfig } from '../../server/config.js';
import type { Engine } from '../support/engines.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

let folder: string;
let server: TestServer;
let other: DatabaseSync;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'filmgraph-locks-'));
  const path = join(folder, 'shared.sqlite');
  const url = `sqlite:${path}`;
  const file: Engine = {
    name: 'sqlite',
    createDatabase: async () => ({ url, config: readConfig({ DATABASE_URL: url }).database, drop: async () => {} }),
  };
  server = await startServer(file);
  other = new DatabaseSync(path);
});
afterAll(async () => {
  other.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const rate = (movieId: number) => {
  const text = `mutation { rateMovie(input: { movieId: "${movieId}", score: 4 }) { created } }`;
  return sendGraphql(server.url, text, { apiKey: keys.john });
};
const countOf = async (movieId: number) =>
  (await sendGraphql(server.url, `{ movie(databaseId: ${movieId}) { ratingCount } }`)).body.data.movie.ratingCount;
const created = { data: { rateMovie: { created: true } } };

test('a write waits until another process has written, while reads go on', async () => {
  other.exec('begin immediate');
  const rating = rate(20);
  expect(await countOf(20)).toBe(0);
  expect((await send(`${server.url}/health`)).status).toBe(200);
  other.exec('commit');
  expect((await rating).body).toEqual(created);
  expect(await countOf(20)).toBe(1);
});

test('a write that never gets its turn is answered 503 and has changed nothing', async () => {
  other.exec('begin immediate');
  const { status, headers, body } = await rate(21);
  other.exec('commit');
  expect([status, headers.get('retry-after'), body.errors[0].extensions.code]).toEqual([503, '5', 'UNAVAILABLE']);
  expect(await countOf(21)).toBe(0);
  expect((await rate(21)).body).toEqual(created);
});
