import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../../support/engines.js';
import { createMovie, createUser } from '../../support/factories.js';
import { send, type TestResponse } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';

const clients = 24;

describeOnEveryEngine('MIMO Movies under concurrency', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { demo: false });
  });
  afterAll(() => server.close());

  const arrange = async () => ({
    user: await createUser(server.app.database),
    movieId: await createMovie(server.app.database),
  });
  const statuses = (responses: readonly TestResponse[]) => responses.map(({ status }) => status).sort((a, b) => a - b);
  const averageOf = async (movieId: number) => (await send(`${server.url}/movies/${movieId}`)).body.rating;

  test('of many equal ratings exactly one is created, and the rest are told so (M13)', async () => {
    const { user, movieId } = await arrange();
    const path = `${server.url}/movies/${movieId}/ratings`;
    const responses = await Promise.all(
      times(clients, (n) => send(path, { apiKey: user.apiKey, body: { rating: (n % 50) / 10, comment: `${n}` } })),
    );
    expect(statuses(responses)).toEqual([201, ...times(clients - 1, () => 409)]);
    const winner = responses.find(({ status }) => status === 201)?.body;
    const stored = await send(path);
    expect(stored.body.pagination.total).toBe(1);
    expect(stored.body.data).toEqual([expect.objectContaining({ id: winner.id, comment: winner.comment })]);
    expect(await averageOf(movieId)).toBe(winner.rating);
  });

  test('of many equal additions to a watchlist exactly one is made (M13)', async () => {
    const { user, movieId } = await arrange();
    const path = `${server.url}/watchlist/${user.id}`;
    const responses = await Promise.all(
      times(clients, () => send(`${path}/items`, { apiKey: user.apiKey, body: { movieId } })),
    );
    expect(statuses(responses)).toEqual([201, ...times(clients - 1, () => 409)]);
    expect((await send(path, { apiKey: user.apiKey })).body.pagination.total).toBe(1);
  });

  test('of many equal deletions exactly one is made, and the film is unrated after it', async () => {
    const { user, movieId } = await arrange();
    const path = `${server.url}/movies/${movieId}/ratings`;
    const { body } = await send(path, { apiKey: user.apiKey, body: { rating: 5 } });
    const responses = await Promise.all(
      times(clients, () => send(`${path}/${body.id}`, { method: 'DELETE', apiKey: user.apiKey })),
    );
    expect(statuses(responses)).toEqual([204, ...times(clients - 1, () => 404)]);
    expect(await averageOf(movieId)).toBeNull();
  });

  test('the average is exact after many people created, changed and deleted ratings at once', async () => {
    const { movieId } = await arrange();
    const path = `${server.url}/movies/${movieId}/ratings`;
    const users = await Promise.all(times(clients, () => createUser(server.app.database)));
    await Promise.all(
      users.map(async ({ apiKey }, n) => {
        const { body } = await send(path, { apiKey, body: { rating: n / 100 } });
        if (n % 3 === 1)
          await send(`${path}/${body.id}`, { method: 'PATCH', apiKey, body: { rating: 4.99 - n / 100 } });
        if (n % 3 === 2) await send(`${path}/${body.id}`, { method: 'DELETE', apiKey });
      }),
    );
    const { body } = await send(`${path}?limit=100`);
    const hundredths = body.data.map(({ rating }: { rating: number }) => Math.round(rating * 100));
    expect(hundredths).toHaveLength((clients * 2) / 3);
    const sum = hundredths.reduce((total: number, score: number) => total + score, 0);
    expect(await averageOf(movieId)).toBe(sum / (hundredths.length * 100));
  });
});

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}
