import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CompiledQuery, sql } from 'kysely';
import { Database } from '../../server/database/database.js';
import { insertRows } from '../../server/database/rows.js';
import { migrate } from '../../server/database/schema.js';
import { MovieRepository } from '../../server/domain/movies/movie.repository.js';
import type { MovieFilter } from '../../server/domain/movies/movie.types.js';
import { movieTexts } from '../../server/domain/movies/movie-texts.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';

/** Enough that an engine has a reason to look into an index. */
const filmCount = 4000;
const filters: readonly (readonly [name: string, filter: MovieFilter])[] = [
  ['everything', {}],
  ['a part of the full title', { fullTitle: 'film 39' }],
  ['a part of the title', { title: 'film 39' }],
  ['words', { text: 'film 3999' }],
  ['two letters', { text: '39' }],
  ['a genre', { genre: 'Rare' }],
  ['no genre', { withoutGenres: true }],
  ['a year', { year: 1950 }],
  ['a title, a genre and a year', { fullTitle: 'film 39', genre: 'Rare', year: 1950 }],
];

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
    await movies.listMovieLens(filter, { offset: 0, limit: 20, order: 'relevance' });
    // All films are read from the first on, until the page is full.
    if (name !== 'everything') await movies.list(filter, { first: 20, order: { field: 'TITLE', direction: 'asc' } });
    await movies.count(filter);
    const asked = [...statements];
    expect(asked.length).toBeGreaterThan(4);
    for (const statement of asked) expect(await fullScans(statement)).toEqual([]);
  });

  /** The steps of a statement's plan that read all films. */
  async function fullScans({ sql: text, parameters }: CompiledQuery): Promise<unknown[]> {
    const explain = engine.name === 'sqlite' ? 'explain query plan' : 'explain';
    const { rows } = await database.sql.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
    );
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
    const films = Array.from({ length: filmCount }, (_, index) => {
      const year = 1900 + (index % 100);
      const texts = movieTexts({ title: `Film ${index}`, year, director: null });
      const genre = index % 50 === 0 ? 2 : 1;
      return [
        index + 1,
        texts.title,
        texts.sort_title,
        texts.search_text,
        year,
        index + 1,
        texts.title,
        index % 40 === 7 ? null : genre,
        0,
      ];
    });
    const columns = [
      'id',
      'title',
      'sort_title',
      'search_text',
      'year',
      'movie_lens_id',
      'movie_lens_title',
      'primary_genre_id',
      'created_at',
    ];
    await insertRows(database.sql, { table: 'movies', columns }, films);
    const links = films.flatMap((film) => (film[7] === null ? [] : [[film[0], film[7], 0]]));
    await insertRows(database.sql, { table: 'movie_genres', columns: ['movie_id', 'genre_id', 'position'] }, links);
    await database.sql
      .insertInto('catalog_counts')
      .values(['movies', 'movieLensMovies'].map((name) => ({ name, value: filmCount })))
      .execute();
    await sql
      .raw(engine.name === 'sqlite' ? 'analyze' : 'analyze table movies, movie_genres, genres')
      .execute(database.sql);
  }
});
