import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../../support/engines.js';
import { send } from '../../support/http.js';
import type { TestServer } from '../../support/server.js';
import { startMovieLens } from './films.js';

/** SQL statements that a request costs, those for its token aside. */
const budgets = [
  ['/api/health', 0],
  ['/api/movies', 3],
  ['/api/movies?page_size=100', 3],
  ['/api/movies?page=9', 1],
  ['/api/movies?page=0', 0],
  ['/api/movies?title=toy&genre=Comedy&year=1995', 3],
  ['/api/movies?title=zzz', 1],
  ['/api/movies/search?q=story%20toy&sort=relevance', 3],
  ['/api/movies/1', 2],
  ['/api/movies/999', 1],
  ['/api/movies/-1', 0],
  ['/api/movies/abc', 0],
] as const;

describeOnEveryEngine('MovieLens Movie API in SQL statements', (engine) => {
  let server: TestServer;
  let statements = 0;
  beforeAll(async () => {
    server = await startMovieLens(engine, { onStatement: () => statements++ });
  });
  afterAll(() => server.close());

  test.each(budgets)('%s costs %i', async (path, expected) => {
    statements = 0;
    await send(server.url + path, { headers: { authorization: 'Bearer service' } });
    expect(statements).toBe(expected);
  });
});
