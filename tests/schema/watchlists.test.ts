import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { keys, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('watchlists in GraphQL', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  it('adds, marks and removes a film, and says what was already so', async () => {
    const { apiKey } = await createUser(server.app.database);
    const run = async (field: string) => (await sendGraphql(server.url, `mutation { ${field} }`, { apiKey })).body.data;
    const add =
      'addToWatchlist(input: { movieId: "7" }) { outcome item { watched movie { title viewer { watchlistItem { watched } } } } }';
    const item = { watched: false, movie: { title: 'Fight Club', viewer: { watchlistItem: { watched: false } } } };
    expect(await run(add)).toEqual({ addToWatchlist: { outcome: 'ADDED', item } });
    expect(await run(add)).toEqual({ addToWatchlist: { outcome: 'ALREADY_PRESENT', item } });
    expect(await run('setWatched(input: { movieId: "7", watched: true }) { item { watched } }')).toEqual({
      setWatched: { item: { watched: true } },
    });
    const remove = 'removeFromWatchlist(input: { movieId: "7" }) { outcome }';
    expect(await run(remove)).toEqual({ removeFromWatchlist: { outcome: 'REMOVED' } });
    expect(await run(remove)).toEqual({ removeFromWatchlist: { outcome: 'ABSENT' } });
  });

  it.each([
    ['addToWatchlist(input: { movieId: "999999" }) { outcome }', { code: 'NOT_FOUND', resource: 'movie' }],
    ['addToWatchlist(input: { movieId: "4294967296" }) { outcome }', { code: 'NOT_FOUND', resource: 'movie' }],
    [
      'setWatched(input: { movieId: "25", watched: true }) { item { id } }',
      { code: 'NOT_FOUND', resource: 'watchlistItem' },
    ],
    ['addToWatchlist(input: { movieId: "x" }) { outcome }', { code: 'INVALID', field: 'movieId' }],
  ])('refuses %s', async (field, extensions) => {
    const { body } = await sendGraphql(server.url, `mutation { ${field} }`, { apiKey: keys.john });
    expect(body.errors[0].extensions).toEqual(extensions);
  });

  it('pages through the own list, filtered and ordered', async () => {
    const { body } = await sendGraphql(
      server.url,
      `{ viewer { watchlist(first: 1, watched: false, orderBy: { field: ID, direction: DESC }) {
          totalCount nodes { movie { title } } pageInfo { hasNextPage } } } }`,
      { apiKey: keys.john },
    );
    expect(body.data.viewer.watchlist).toEqual({
      totalCount: 2,
      nodes: [{ movie: { title: 'Interstellar' } }],
      pageInfo: { hasNextPage: true },
    });
  });

  it.each([
    ['anyone anonymous', undefined, 'UNAUTHENTICATED'],
    ['anyone else', keys.jane, 'FORBIDDEN'],
  ])('is closed to %s', async (_who, apiKey, code) => {
    const text = '{ user(id: "1") { name watchlist { nodes { id } } } }';
    const { body } = await sendGraphql(server.url, text, apiKey ? { apiKey } : {});
    expect(body.data.user).toEqual({ name: 'John Doe', watchlist: null });
    expect(body.errors[0].extensions.code).toBe(code);
  });
});
