import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createMovie, createUser } from '../support/factories.js';
import { sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('many writers at once', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const scores = async (movieId: number) =>
    server.app.database.sql.selectFrom('ratings').select('score').where('movie_id', '=', movieId).execute();
  const movie = async (databaseId: number) =>
    (await sendGraphql(server.url, `{ movie(databaseId: ${databaseId}) { averageRating ratingCount } }`)).body.data
      .movie;

  it('keeps one rating per person and the exact average', async () => {
    const movieId = await createMovie(server.app.database);
    const users = await Promise.all(Array.from({ length: 8 }, () => createUser(server.app.database)));
    const rate = (apiKey: string, score: number) =>
      sendGraphql(server.url, `mutation { rateMovie(input: { movieId: "${movieId}", score: ${score} }) { created } }`, {
        apiKey,
      });
    const answers = await Promise.all(
      users.flatMap(({ apiKey }, user) => [1, 2, 3, 4].map((turn) => rate(apiKey, (user + turn) % 6))),
    );
    expect(answers.flatMap(({ body }) => body.errors ?? [])).toEqual([]);
    expect(answers.filter(({ body }) => body.data.rateMovie.created)).toHaveLength(8);
    const rows = await scores(movieId);
    expect(rows).toHaveLength(8);
    const average = rows.reduce((sum, { score }) => sum + score, 0) / 800;
    expect(await movie(movieId)).toEqual({ averageRating: average, ratingCount: 8 });
  });

  it('survives adding, changing and deleting the same ratings of two films in opposite orders', async () => {
    const films = [await createMovie(server.app.database), await createMovie(server.app.database)];
    const users = await Promise.all(Array.from({ length: 6 }, () => createUser(server.app.database)));
    const answers = await Promise.all(
      users.flatMap(({ apiKey }, user) => {
        const order = user % 2 ? films : films.toReversed();
        const steps = order.map(
          (id, index) => `a${index}: rateMovie(input: { movieId: "${id}", score: ${index + 1} }) { created }`,
        );
        const removal = `d: deleteRating(input: { movieId: "${order[0]}" }) { outcome }`;
        return [`mutation { ${steps.join(' ')} }`, `mutation { ${removal} }`].map((text) =>
          sendGraphql(server.url, text, { apiKey }),
        );
      }),
    );
    expect(answers.flatMap(({ body }) => body.errors ?? [])).toEqual([]);
    for (const id of films) {
      const rows = await scores(id);
      const sum = rows.reduce((total, { score }) => total + score, 0);
      expect(await movie(id)).toEqual({
        averageRating: rows.length ? sum / (rows.length * 100) : null,
        ratingCount: rows.length,
      });
    }
  });
});
