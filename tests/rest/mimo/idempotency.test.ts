import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../../support/engines.js';
import { keys, send } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';

describeOnEveryEngine('MIMO with Idempotency-Key', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const rate = (movie: number, body: object) =>
    send(`${server.url}/movies/${movie}/ratings`, { apiKey: keys.john, body, headers: { 'idempotency-key': 'one' } });

  test('answers a repeated rating as the first time, and not as a conflict', async () => {
    const [first, again] = [await rate(20, { rating: 4 }), await rate(20, { rating: 4 })];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(again.headers.get('location')).toBe(first.headers.get('location'));
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  test.each([
    [20, { rating: 5 }],
    [21, { rating: 4 }],
  ])('refuses the key with another request, in its own form: film %i, %j', async (movie, body) => {
    const response = await rate(movie, body);
    expect(response.status).toBe(422);
    expect(response.body.message).toMatch(/^Idempotency-Key: expected /);
    expect((await send(`${server.url}/movies/21/ratings`)).body.pagination.total).toBe(0);
  });
});
