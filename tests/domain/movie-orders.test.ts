import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Database } from '../../server/database/database.js';
import { insertRows } from '../../server/database/rows.js';
import { migrate } from '../../server/database/schema.js';
import { MovieRepository } from '../../server/domain/movies/movie.repository.js';
import type { MovieFilter, MovieOrderField, MovieRow } from '../../server/domain/movies/movie.types.js';
import { type Direction, encodeCursor } from '../../server/domain/page.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';

const valueOf = {
  ID: ({ id }) => id,
  TITLE: ({ sortTitle }) => sortTitle,
  YEAR: ({ year }) => year,
  AVERAGE_RATING: ({ sortAverage }) => sortAverage,
  RATING_COUNT: ({ ratingCount }) => ratingCount,
  CREATED_AT: ({ createdAt }) => createdAt,
} satisfies Record<MovieOrderField, (movie: MovieRow) => string | number | null>;

const fields = Object.keys(valueOf) as MovieOrderField[]; // as they were named
const orders = fields.flatMap((field) => (['asc', 'desc'] as const).map((direction) => [field, direction] as const));

/** Every value is that of several films; some lack a year, or ratings. */
const films = Array.from({ length: 30 }, (_, index) => ({
  id: index + 1,
  title: `Film ${index % 4}`,
  sort_title: `film ${index % 4}`,
  search_text: `film ${index % 4}`,
  year: index % 3 === 0 ? null : 1990 + (index % 5),
  rating_count: index % 7,
  average_rating: index % 7 === 0 ? null : (index % 6) / 3,
  created_at: index % 2,
}));

describeOnEveryEngine('films page by page', (engine) => {
  let target: TestDatabase;
  let database: Database;
  let movies: MovieRepository;

  beforeAll(async () => {
    target = await engine.createDatabase();
    database = await Database.open(target.config);
    await migrate(database);
    const columns = Object.keys(films[0] ?? {});
    await insertRows(database.sql, { table: 'movies', columns }, films.map(Object.values));
    movies = new MovieRepository(database);
  });
  afterAll(async () => {
    await database.close();
    await target.drop();
  });

  test.each(orders)(
    'by %s, %s, are each met once, those without a value below all others',
    async (field, direction) => {
      const expected = films.map((film) => film.id).sort(compareBy(await readAll(), field, direction));
      for (const first of [1, 4, 100]) expect(await walk({}, { field, direction }, first)).toEqual(expected);
    },
  );

  test.each(orders)('by %s, %s, are each met once when they are filtered', async (field, direction) => {
    const matching = films.filter(({ rating_count }) => rating_count >= 2).map(({ id }) => id);
    const expected = matching.sort(compareBy(await readAll(), field, direction));
    expect(await walk({ minRatingCount: 2 }, { field, direction }, 3)).toEqual(expected);
  });

  async function readAll(): Promise<ReadonlyMap<number, MovieRow>> {
    const rows = await movies.findByIds(films.map(({ id }) => id));
    return new Map(rows.map((row) => [row.id, row]));
  }

  async function walk(filter: MovieFilter, order: { field: MovieOrderField; direction: Direction }, first: number) {
    const ids: number[] = [];
    for (let after: string | null = null; ids.length <= films.length; ) {
      const { rows, hasNextPage } = await movies.list(filter, { first, order, after });
      ids.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      expect(hasNextPage ? rows.length : first).toBe(first);
      if (!hasNextPage || !last) return ids;
      after = encodeCursor(order, { value: valueOf[order.field](last), id: last.id });
    }
    return ids;
  }
});

function compareBy(rows: ReadonlyMap<number, MovieRow>, field: MovieOrderField, direction: Direction) {
  const sign = direction === 'asc' ? 1 : -1;
  const keyOf = (id: number) => {
    const row = rows.get(id);
    return (row && valueOf[field](row)) ?? '';
  };
  return (a: number, b: number) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left === right) return sign * (a - b);
    if (left === '' || right === '') return left === '' ? -sign : sign;
    return left < right ? -sign : sign;
  };
}
