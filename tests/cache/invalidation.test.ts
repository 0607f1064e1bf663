import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('kept answers', (engine) => {
  let server: TestServer;
  let statements = 0;
  beforeAll(async () => {
    server = await startServer(engine, { variables: { CACHE: 'alone' }, onStatement: () => (statements += 1) });
  });
  afterAll(() => server.close());

  const film = (id: number) => `{ movie(databaseId: ${id}) { averageRating ratings(first: 5) { nodes { score } } } }`;
  const firstFilms = '{ movies(first: 3) { nodes { title averageRating } } }';
  const songs = '{ songs(first: 3) { nodes { title } } }';

  const isKept = async (query: string) => {
    const before = statements;
    await sendGraphql(server.url, query);
    return statements === before;
  };
  /** Asked once before, so that it is there if it can be. */
  const keep = (...queries: string[]) => Promise.all(queries.map((query) => sendGraphql(server.url, query)));
  const rate = (id: number, score: number) =>
    sendGraphql(server.url, 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { created } }', {
      variables: { input: { movieId: String(id), score } },
      apiKey: keys.jane,
    });

  test('of a film go with a rating of that film, and of no other', async () => {
    await keep(film(5), film(7));
    await rate(5, 4);
    expect(await isKept(film(7))).toBe(true);
    expect(await isKept(film(5))).toBe(false);
  });

  test('of a list go with a rating of a film that it shows, and of no other', async () => {
    await keep(firstFilms);
    await rate(20, 3);
    expect(await isKept(firstFilms)).toBe(true);
    await rate(2, 3);
    expect(await isKept(firstFilms)).toBe(false);
  });

  test('stay when something else is written', async () => {
    await keep(film(7), songs);
    const run = (text: string) => sendGraphql(server.url, text, { apiKey: keys.bob });
    await run('mutation { addToWatchlist(input: { movieId: "7" }) { outcome } }');
    await run('mutation { createApiKey(input: { name: "k" }) { secret } }');
    expect(await isKept(film(7))).toBe(true);
    expect(await isKept(songs)).toBe(true);
  });

  test('are nobody’s who says who they are', async () => {
    await keep(film(7));
    const before = statements;
    await sendGraphql(server.url, film(7), { apiKey: keys.john });
    expect(statements).toBeGreaterThan(before);
  });
});
