import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../../support/engines.js';
import { keys, send, sendGraphql } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';

describeOnEveryEngine('kept answers of MIMO', (engine) => {
  let server: TestServer;
  let statements = 0;
  beforeAll(async () => {
    server = await startServer(engine, { variables: { CACHE: 'alone' }, onStatement: () => (statements += 1) });
  });
  afterAll(() => server.close());

  const isKept = async (path: string) => {
    const before = statements;
    await send(server.url + path);
    return statements === before;
  };
  /** Asked once before, so that it is there if it can be. */
  const keep = (...paths: string[]) => Promise.all(paths.map((path) => send(server.url + path)));
  const rate = (film: number, score: number) =>
    sendGraphql(server.url, 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { created } }', {
      variables: { input: { movieId: String(film), score } },
      apiKey: keys.jane,
    });

  test('of a film go with a rating of that film, and of no other', async () => {
    await keep('/movies/5', '/movies/5/ratings', '/movies/7', '/movies/7/ratings');
    await rate(5, 4);
    expect(await isKept('/movies/7')).toBe(true);
    expect(await isKept('/movies/7/ratings')).toBe(true);
    expect(await isKept('/movies/5')).toBe(false);
    expect(await isKept('/movies/5/ratings')).toBe(false);
  });

  test('of a list go with a rating of a film that it shows, and of no other', async () => {
    await keep('/movies?limit=3');
    await rate(20, 3);
    expect(await isKept('/movies?limit=3')).toBe(true);
    await rate(2, 3);
    expect(await isKept('/movies?limit=3')).toBe(false);
  });

  test('stay when something else is written', async () => {
    await keep('/movies/7');
    await sendGraphql(server.url, 'mutation { addToWatchlist(input: { movieId: "7" }) { outcome } }', {
      apiKey: keys.bob,
    });
    await sendGraphql(server.url, 'mutation { createApiKey(input: { name: "k" }) { secret } }', { apiKey: keys.bob });
    expect(await isKept('/movies/7')).toBe(true);
  });

  test('are nobody’s who says who they are', async () => {
    await keep('/movies/7');
    const before = statements;
    await send(`${server.url}/movies/7`, { apiKey: keys.john });
    expect(statements).toBeGreaterThan(before);
  });

  test('are another after a write, with another ETag, which is weak', async () => {
    const before = await send(`${server.url}/movies/20`);
    expect(before.headers.get('etag')).toMatch(/^W\/"/);
    await rate(20, 1);
    const after = await send(`${server.url}/movies/20`, {
      headers: { 'if-none-match': before.headers.get('etag') ?? '' },
    });
    expect([after.status, after.body.rating]).toEqual([200, expect.any(Number)]);
    expect(after.body).not.toEqual(before.body);
  });
});
