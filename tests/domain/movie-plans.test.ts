import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CompiledQuery, sql } from 'kysely';
import { Database } from '../../server/database/database.js';
import { insertRows } from '../../server/database/rows.js';
import { migrate } from '../../server/database/schema.js';
import { MovieRepository } from '../../server/domain/movies/movie.repository.js';
import type { MovieFilter, MovieOrderField, MovieRow } from '../../server/domain/movies/movie.types.js';
import { indexLetters } from '../../server/domain/movies/movie-letter.repository.js';
import { movieTexts } from '../../server/domain/movies/movie-texts.js';
import { encodeCursor } from '../../server/domain/page.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';

/** Enough that an engine has a reason to look into an index. */
const filmCount = 4000;
const filters: readonly (readonly [name: string, filter: MovieFilter])[] = [
  ['everything', {}],
  ['a part of the full title', { fullTitle: 'film 39' }],
  ['a part of the title', { title: 'film 39' }],
  ['words', { text: 'film 3999' }],
  ['two letters', { text: '39' }],
  ['a letter that every title has', { text: 'm' }],
  ['a letter that few titles have', { text: 'q' }],
  ['a letter that no title has', { text: 'z' }],
  ['a sign that few titles have', { fullTitle: '~' }],
  ['a letter of the title alone', { title: 'q' }],
  ['letters that every title has', { text: 'm f 3' }],
  ['letters of which one is rare', { text: 'm q' }],
  ['a letter and a year', { text: 'm', year: 1950 }],
  ['a letter and a genre', { fullTitle: 'm', genre: 'Rare' }],
  ['a letter and a status', { text: 'q', status: 'available' }],
  ['a part of a director', { director: 'ella 39' }],
  ['two letters of a director', { director: '39' }],
  ['a letter that every director has', { director: 'e' }],
  ['a letter that few directors have', { director: 'j' }],
  ['a letter of the title and one of the director', { text: 'q', director: 'j' }],
  ['a genre', { genre: 'Rare' }],
  ['no genre', { withoutGenres: true }],
  ['a year', { year: 1950 }],
  ['years from', { yearFrom: 1995 }],
  ['years to', { yearTo: 1905 }],
  ['years between', { yearFrom: 1950, yearTo: 1952 }],
  ['an average', { minAverage: 4.9 }],
  ['a number of ratings', { minRatingCount: 95 }],
  ['a status', { status: 'coming_soon' }],
  ['a title, a genre and a year', { fullTitle: 'film 39', genre: 'Rare', year: 1950 }],
];

const orderValues = {
  ID: ({ id }) => id,
  TITLE: ({ sortTitle }) => sortTitle,
  YEAR: ({ year }) => year,
  AVERAGE_RATING: ({ sortAverage }) => sortAverage,
  RATING_COUNT: ({ ratingCount }) => ratingCount,
  CREATED_AT: ({ createdAt }) => createdAt,
} satisfies Record<MovieOrderField, (movie: MovieRow) => string | number | null>;

const orders = (Object.keys(orderValues) as MovieOrderField[]).flatMap(
  (
    field, // as they were named
  ) => (['asc', 'desc'] as const).map((direction) => [field, direction] as const),
);

describeOnEveryEngine('reading films', (engine) => {
  let target: TestDatabase;
  let database: Database;
  let statements: CompiledQuery[] = [];

  beforeAll(async () => {
    target = await engine.createDatabase();
    database = await Database.open(target.config, ({ query }) => statements.push(query));
    await migrate(database);
    await storeFilms();
  });
  afterAll(async () => {
    await database.close();
    await target.drop();
  });

  test.each(filters)('does not read all of them for a page of %s, or its total', async (name, filter) => {
    const movies = new MovieRepository(database);
    statements = [];
    await movies.listMovieLens(filter, { offset: 0, limit: 20, order: 'movieLensId' });
    // Where every film matches, films are read in their order until the page is full, or all for their relevance.
    if (!name.includes('every')) {
      await movies.listMovieLens(filter, { offset: 0, limit: 20, order: 'relevance' });
      await movies.list(filter, { first: 20, order: { field: 'TITLE', direction: 'asc' } });
      await movies.list(filter, { first: 20, order: { field: 'ID', direction: 'desc' } });
    }
    await movies.count(filter);
    const asked = [...statements];
    expect(asked.length).toBeGreaterThan(2);
    for (const statement of asked) expect(await fullScans(statement)).toEqual([]);
  });

  test.each(orders)('begins a page by %s, %s, at its cursor', async (field, direction) => {
    const movies = new MovieRepository(database);
    const order = { field, direction } as const;
    const row = await movies.findById(filmCount / 2);
    const value = row ? orderValues[field](row) : null;
    statements = [];
    await movies.list({}, { first: 20, order, after: encodeCursor(order, { value, id: filmCount / 2 }) });
    const [page] = statements;
    expect(await startOf(page)).toMatch(
      engine.name === 'sqlite' ? /^SEARCH movies USING (INDEX|INTEGER PRIMARY KEY)/ : /^range \w+$/,
    );
  });

  /** How the first step of a statement's plan reads films. */
  async function startOf(statement: CompiledQuery | undefined): Promise<string> {
    const steps = statement ? await explain(statement) : [];
    // MySQL finds the ids of a page first, and films by these.
    const step =
      engine.name === 'sqlite' ? steps[0] : steps.find(({ table, type }) => table === 'movies' && type !== 'eq_ref');
    return engine.name === 'sqlite' ? String(step?.['detail']) : `${String(step?.['type'])} ${String(step?.['key'])}`;
  }

  async function explain({ sql: text, parameters }: CompiledQuery): Promise<Record<string, unknown>[]> {
    const words = engine.name === 'sqlite' ? 'explain query plan' : 'explain';
    const query = CompiledQuery.raw(`${words} ${text}`, [...parameters]);
    return (await database.sql.executeQuery<Record<string, unknown>>(query)).rows;
  }

  /** The steps of a statement's plan that read all films. */
  async function fullScans(statement: CompiledQuery): Promise<unknown[]> {
    const rows = await explain(statement);
    expect(rows.length).toBeGreaterThan(0);
    return rows.filter((step) =>
      engine.name === 'sqlite'
        ? /^SCAN movies\b/.test(String(step['detail']))
        : step['table'] === 'movies' && step['type'] === 'ALL',
    );
  }

  async function storeFilms(): Promise<void> {
    await database.sql
      .insertInto('genres')
      .values([
        { id: 1, name: 'Common', name_key: 'common' },
        { id: 2, name: 'Rare', name_key: 'rare' },
      ])
      .execute();
    const films = Array.from({ length: filmCount }, (_, index) => makeFilm(index));
    const columns = Object.keys(makeFilm(0));
    await insertRows(database.sql, { table: 'movies', columns }, films.map(Object.values));
    await indexLetters(
      database.sql,
      films.map(({ id }) => id),
    );
    const links = films.flatMap(({ id, primary_genre_id: genre }) => (genre === null ? [] : [[id, genre, 0]]));
    await insertRows(database.sql, { table: 'movie_genres', columns: ['movie_id', 'genre_id', 'position'] }, links);
    await database.sql
      .insertInto('catalog_counts')
      .values(['movies', 'movieLensMovies'].map((name) => ({ name, value: filmCount })))
      .execute();
    await sql
      .raw(engine.name === 'sqlite' ? 'analyze' : 'analyze table movies, movie_genres, movie_letters, genres')
      .execute(database.sql);
  }
});

function makeFilm(index: number) {
  const year = 1900 + (index % 100);
  const title = `Film ${index}${index % 500 === 0 ? ' q~' : ''}`;
  const director = index % 3 === 0 ? null : `Stella ${index}${index % 800 === 1 ? ' J' : ''}`;
  return {
    id: index + 1,
    ...movieTexts({ title, year, director }),
    year,
    director,
    status: index % 300 === 0 ? 'coming_soon' : 'available',
    movie_lens_id: index + 1,
    movie_lens_title: title,
    primary_genre_id: index % 40 === 7 ? null : index % 50 === 0 ? 2 : 1,
    rating_count: index % 100,
    average_rating: (index % 500) / 100,
    created_at: index % 1000,
  };
}
