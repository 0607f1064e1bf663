import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { RatingImportRepository } from '../../server/cli/movielens/rating-import.repository.js';
import { type ImportedRating, RatingWindow } from '../../server/cli/movielens/rating-window.js';
import { Database } from '../../server/database/database.js';
import { insertRows } from '../../server/database/rows.js';
import { migrate } from '../../server/database/schema.js';
import { movieTexts } from '../../server/domain/movies/movie-texts.js';
import { RatingAuditRepository } from '../../server/domain/ratings/rating-audit.repository.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';

const filmIds = Array.from({ length: 40 }, (_, index) => index + 1);
/** In the order of MovieLens: person by person. */
const rated = Array.from({ length: 90 }, (_, index) => index + 1).flatMap((userId) =>
  filmIds
    .filter((movieId) => (userId + movieId) % 3 > 0)
    .map((movieId) => ({ userId, movieId, score: ((userId * movieId) % 11) * 50, ratedAt: userId * 1000 + movieId })),
);
const half = rated.length / 2;

describeOnEveryEngine('ratings of an import', (engine) => {
  let target: TestDatabase;
  let database: Database;
  let ratings: RatingImportRepository;

  beforeEach(async () => {
    target = await engine.createDatabase();
    database = await Database.open(target.config);
    await migrate(database);
    await storeFilms();
    ratings = new RatingImportRepository(database);
  });
  afterEach(async () => {
    await database.close();
    await target.drop();
  });

  test('are added once, and counted by their films, however often they come', async () => {
    const first = await ratings.store(windowOf(rated.slice(0, half)));
    expect(first).toEqual({ added: half, unchanged: 0, usersAdded: 45 });
    expect(await ratings.store(windowOf(rated))).toEqual({ added: half, unchanged: half, usersAdded: 45 });
    expect(await ratings.store(windowOf(rated))).toEqual({ added: 0, unchanged: rated.length, usersAdded: 0 });
    await expectAllRatings();
  });

  if (engine.name === 'sqlite') {
    test('may go in at once, and all indexes are there again', async () => {
      const before = await readIndexes();
      const outcome = await ratings.storeAtOnce(windowsOf(rated.slice(0, half), rated));
      expect(outcome).toEqual({ added: rated.length, unchanged: half, usersAdded: 90 });
      await expectAllRatings();
      expect(await readIndexes()).toEqual(before);
      expect(before.filter(({ name }) => name.endsWith('_index'))).toHaveLength(4);
    });

    test('go in at once beside those that are there', async () => {
      await ratings.store(windowOf(rated.filter((_, index) => index % 7 === 0)));
      const others = Math.ceil(rated.length / 7);
      const again = new RatingImportRepository(database);
      const { added, unchanged } = await again.storeAtOnce(windowsOf(rated));
      expect({ added, unchanged }).toEqual({ added: rated.length - others, unchanged: others });
      await expectAllRatings();
    });

    test('that were to go in at once leave everything as it was when the file cannot be read to its end', async () => {
      const before = await readIndexes();
      async function* broken() {
        yield windowOf(rated.slice(0, half));
        throw new Error('EIO: i/o error, read');
      }
      await expect(ratings.storeAtOnce(broken())).rejects.toThrow('EIO');
      expect(await readIndexes()).toEqual(before);
      expect(await database.sql.selectFrom('ratings').select('id').execute()).toEqual([]);
      expect(await database.sql.selectFrom('users').select('id').execute()).toEqual([]);
      expect(await findDrift()).toEqual([]);
    });
  }

  async function expectAllRatings(): Promise<void> {
    const rows = await database.sql
      .selectFrom('ratings')
      .innerJoin('users', 'users.id', 'ratings.user_id')
      .select(['users.username', 'ratings.movie_id', 'ratings.score', 'ratings.created_at'])
      .execute();
    const found = rows.map((row) => [row.username, row.movie_id, row.score, Number(row.created_at)].join(' ')).sort();
    const expected = rated.map(
      ({ userId, movieId, score, ratedAt }) => `movielens-${userId} ${movieId} ${score} ${ratedAt}`,
    );
    expect(found).toEqual(expected.sort());
    expect(await findDrift()).toEqual([]);
    const { total } = await database.sql
      .selectFrom('movies')
      .select((eb) => eb.fn.sum<number>('rating_count').as('total'))
      .executeTakeFirstOrThrow();
    expect(Number(total)).toBe(rated.length);
  }

  async function findDrift(): Promise<unknown[]> {
    const drifted = [];
    for await (const step of new RatingAuditRepository(database).audit()) drifted.push(...step.drifted);
    return drifted;
  }

  async function readIndexes(): Promise<{ name: string; sql: string }[]> {
    const query = sql<{ name: string; sql: string }>`
      select name, sql from sqlite_master where type = 'index' and tbl_name = 'ratings' order by name`;
    return (await query.execute(database.sql)).rows;
  }

  async function storeFilms(): Promise<void> {
    const rows = filmIds.map((id) => {
      const { title, sort_title, search_text } = movieTexts({ title: `Film ${id}`, year: null, director: null });
      return [id, title, sort_title, search_text, 0];
    });
    await insertRows(
      database.sql,
      { table: 'movies', columns: ['id', 'title', 'sort_title', 'search_text', 'created_at'] },
      rows,
    );
  }
});

test('a window gives its ratings film by film, those of a film as they came', () => {
  const window = windowOf([
    { userId: 1, movieId: 2_000_000_000, score: 50, ratedAt: 9_999_999_999_000 },
    { userId: 1, movieId: 3, score: 500, ratedAt: 2 },
    { userId: 2_147_483_647, movieId: 3, score: 0, ratedAt: 1 },
  ]);
  expect([...window.byFilm(2)]).toEqual([
    [
      { userId: 1, movieId: 3, score: 500, ratedAt: 2 },
      { userId: 2_147_483_647, movieId: 3, score: 0, ratedAt: 1 },
    ],
    [{ userId: 1, movieId: 2_000_000_000, score: 50, ratedAt: 9_999_999_999_000 }],
  ]);
});

function windowOf(ratings: readonly ImportedRating[]): RatingWindow {
  const window = new RatingWindow(ratings.length + 1);
  for (const rating of ratings) window.add(rating);
  return window;
}

async function* windowsOf(...parts: (readonly ImportedRating[])[]): AsyncGenerator<RatingWindow> {
  for (const part of parts) yield windowOf(part);
}
