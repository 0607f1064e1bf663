import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../../support/engines.js';
import { keys, send, type TestRequest } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';

/** SQL statements that a request costs, those that begin and end its transaction included. */
const budgets: readonly (readonly [path: string, statements: number, request?: TestRequest])[] = [
  ['/movies', 1],
  ['/movies?limit=100', 1],
  // The first high page number that is asked for reads where each page begins.
  ['/movies?page=2&limit=5', 3],
  ['/movies?page=3&limit=5', 1],
  ['/movies?page=999999999', 1],
  ['/movies/1', 1],
  ['/movies/abc', 0],
  ['/movies/1/ratings', 1],
  ['/movies/8/ratings', 2],
  ['/movies/1/ratings/1', 1],
  ['/movies/1', 1, { apiKey: keys.john }],
  ['/watchlist/1', 2, { apiKey: keys.john }],
  ['/watchlist/2', 1, { apiKey: keys.john }],
  ['/watchlist/1', 0],
  ['/movies/5/ratings', 6, { apiKey: keys.john, body: { rating: 4 } }],
  ['/movies/5/ratings', 1, { apiKey: keys.john, body: { rating: 6 } }],
  ['/watchlist/1/items', 6, { apiKey: keys.john, body: { movieId: 5 } }],
];

describeOnEveryEngine('MIMO Movies in SQL statements', (engine) => {
  let server: TestServer;
  let statements = 0;
  beforeAll(async () => {
    server = await startServer(engine, { onStatement: () => statements++ });
  });
  afterAll(() => server.close());

  test.each(budgets.map(([path, expected, request = {}]) => ({ path, expected, request })))(
    '$path costs $expected',
    async ({ path, expected, request }) => {
      statements = 0;
      await send(server.url + path, request);
      expect(statements).toBe(expected);
    },
  );
});
