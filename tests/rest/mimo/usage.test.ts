import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DialectUsageRepository } from '../../../server/domain/dialect-usage/dialect-usage.repository.js';
import { describeOnEveryEngine } from '../../support/engines.js';
import { keys, send } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';

describeOnEveryEngine('the use of MIMO', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  test('is counted by route and caller, refusals and unknown paths included', async () => {
    for (const path of ['/movies', '/movies', '/movies/1', '/movies/2', '/movies/999', '/movies/1/x', '/movies/1/y']) {
      await send(server.url + path);
    }
    await send(`${server.url}/watchlist/1`, { apiKey: keys.john });
    await send(`${server.url}/watchlist/1`);
    await server.app.flush();
    const usage = new DialectUsageRepository(server.app.database);
    const rows = await usage.list({ dialect: 'mimo', from: null, to: null }, 100);
    expect(new Map(rows.map(({ route, caller, calls }) => [`${route} by ${caller}`, calls]))).toEqual(
      new Map([
        ['GET /movies/:movieId by anonymous', 3],
        ['GET /movies by anonymous', 2],
        ['unknown by anonymous', 3],
        ['GET /watchlist/:userId by user:1', 1],
      ]),
    );
  });
});
