import { expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createMovie, createUser } from '../support/factories.js';
import { keys, sendGraphql } from '../support/http.js';
import { startServer } from '../support/server.js';

const nested = `query ($first: Int!) { movies(first: $first) { nodes {
  title averageRating ratings(first: 3) { nodes { score user { name } } } viewer { rating { score } watchlistItem { watched } } } } }`;

const rate = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { created } }';

describeOnEveryEngine('batching', (engine) => {
  it('reads a page of films with ratings, people and viewer state in the same few statements, however long it is', async () => {
    let statements = 0;
    const server = await startServer(engine, { onStatement: () => statements++ });
    try {
      const users = await Promise.all(Array.from({ length: 4 }, () => createUser(server.app.database)));
      while ((await server.app.database.sql.selectFrom('movies').select('id').execute()).length < 110)
        await createMovie(server.app.database);
      const reader = users[0]?.apiKey ?? '';
      for (const { apiKey } of users) {
        for (const movie of [1, 2, 3, 50, 90])
          await sendGraphql(server.url, rate, { apiKey, variables: { input: { movieId: String(movie), score: 4 } } });
      }
      const counts: number[] = [];
      for (const first of [5, 20, 100]) {
        statements = 0;
        const { body } = await sendGraphql(server.url, nested, { apiKey: reader, variables: { first } });
        counts.push(statements);
        expect(body.data.movies.nodes).toHaveLength(first);
        expect(body.data.movies.nodes[0].ratings.nodes).toHaveLength(3);
        expect(body.data.movies.nodes[0].viewer.rating).toEqual({ score: 4 });
      }
      expect(new Set(counts).size).toBe(1);
      expect(counts[0]).toBeLessThanOrEqual(6);
    } finally {
      await server.close();
    }
  });

  it('reads a film with its genres, its viewer and their watchlist in three statements', async () => {
    let statements = 0;
    const server = await startServer(engine, { onStatement: () => statements++ });
    const film = 'movie(databaseId: 1) { title genres director }';
    const list = (fields: string) => `viewer { name watchlist(first: 5) { nodes { watched movie { ${fields} } } } }`;
    const ask = async (query: string) => (await sendGraphql(server.url, query, { apiKey: keys.john })).body.data;
    try {
      const whole = await ask(
        `{ ${film} ${list('id databaseId title year')} several: movie(databaseId: 2) { genres } }`,
      );
      statements = 0;
      const { movie, viewer } = await ask(`{ ${film} ${list('id databaseId title')} }`);
      expect(statements).toBe(3);
      expect(movie).toEqual(whole.movie);
      expect(whole.several.genres).not.toEqual([]);
      const withoutYears = whole.viewer.watchlist.nodes.map(
        ({ watched, movie: { year: _year, ...rest } }: { watched: boolean; movie: { year: number } }) => ({
          watched,
          movie: rest,
        }),
      );
      expect(viewer.watchlist.nodes).toEqual(withoutYears);
      expect((await ask('{ movie(databaseId: 999999) { genres } }')).movie).toBeNull();
    } finally {
      await server.close();
    }
  });
});
