import type { Kysely } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { insertRows } from '../../database/rows.js';
import { addToCatalogCounts, lockCatalogCounts } from '../../domain/movies/catalog-count.repository.js';
import { indexLetters } from '../../domain/movies/movie-letter.repository.js';
import { movieTexts } from '../../domain/movies/movie-texts.js';
import { foldText } from '../../domain/text.js';
import type { MovieLine } from './rows.js';
import { titleKey } from './title.js';

/** What became of a batch of films. */
export interface MovieOutcome {
  readonly matched: number;
  readonly added: number;
  readonly unchanged: number;
}

const movieColumns = [
  'title',
  'sort_title',
  'search_text',
  'director_key',
  'year',
  'movie_lens_id',
  'movie_lens_title',
  'primary_genre_id',
  'created_at',
] as const;

type GenreIds = ReadonlyMap<string, number>;

/** Brings MovieLens films into the catalogue. */
export class MovieImportRepository {
  readonly #database: Database;
  /** Films without a MovieLens id, by title and year. */
  #unmatched: ReadonlyMap<string, readonly number[]> = new Map();

  private constructor(database: Database) {
    this.#database = database;
  }

  /** Reads which films of the catalogue might be met again; films added later by others are not. */
  static async open(database: Database): Promise<MovieImportRepository> {
    const repository = new MovieImportRepository(database);
    const films = await database.sql
      .selectFrom('movies')
      .select(['id', 'title', 'year'])
      .where('movie_lens_id', 'is', null)
      .where('year', 'is not', null)
      .orderBy('id')
      .execute();
    const groups = Map.groupBy(films, ({ title, year }) => matchKey(title, year ?? null));
    repository.#unmatched = new Map([...groups].map(([key, group]) => [key, group.map(({ id }) => id)]));
    return repository;
  }

  /**
   * Takes a batch in one transaction: a film that has the MovieLens id stays as it is, one that only lacks it is given
   * it and its genres, and the others are added.
   */
  store(movies: readonly MovieLine[]): Promise<MovieOutcome> {
    return this.#database.transaction(async ({ sql: db, audit }) => {
      await lockCatalogCounts(db);
      const known = await findIds(db, movies);
      const missing = movies.filter(({ movieLensId }) => !known.has(movieLensId));
      const genreIds = await ensureGenres(db, missing);
      const added: MovieLine[] = [];
      for (const movie of missing) {
        if (!(await this.#match(db, movie, genreIds))) added.push(movie);
      }
      await insertMovies(db, added, genreIds);
      await addToCatalogCounts(db, { movies: added.length, movieLensMovies: missing.length });
      const outcome = { matched: missing.length - added.length, added: added.length, unchanged: known.size };
      if (missing.length > 0) await audit({ action: 'movie.import', subjectId: null, after: outcome });
      return outcome;
    });
  }

  async #match(db: Kysely<Tables>, movie: MovieLine, genreIds: GenreIds): Promise<boolean> {
    const { title, year } = movie.names;
    if (year === null) return false; // two films of unknown years are not known to be one
    for (const id of this.#unmatched.get(matchKey(title, year)) ?? []) {
      if (await giveMovieLensId(db, id, movie)) {
        await indexLetters(db, [id]);
        await mergeGenres(db, id, toIds(movie, genreIds));
        return true;
      }
    }
    return false;
  }
}

function matchKey(title: string, year: number | null): string {
  return `${titleKey(title)} (${year})`;
}

async function findIds(db: Kysely<Tables>, movies: readonly MovieLine[]): Promise<Map<number, number>> {
  if (movies.length === 0) return new Map();
  const ids = movies.map(({ movieLensId }) => movieLensId);
  const rows = await db
    .selectFrom('movies')
    .select(['id', 'movie_lens_id'])
    .where('movie_lens_id', 'in', ids)
    .execute();
  return new Map(rows.map((row) => [row.movie_lens_id ?? 0, row.id]));
}

/** Adds the genres that are not there yet. @returns the ids of all genres of these films, by name */
async function ensureGenres(db: Kysely<Tables>, movies: readonly MovieLine[]): Promise<GenreIds> {
  const names = [...new Set(movies.flatMap(({ genres }) => genres))];
  const found = await findGenres(db, names);
  const missing = names.filter((name) => !found.has(name));
  if (missing.length === 0) return found;
  const table = { table: 'genres', columns: ['name', 'name_key'] } as const;
  await insertRows(
    db,
    table,
    missing.map((name) => [name, foldText(name)]),
  );
  return findGenres(db, names);
}

async function findGenres(db: Kysely<Tables>, names: readonly string[]): Promise<Map<string, number>> {
  if (names.length === 0) return new Map();
  const rows = await db.selectFrom('genres').select(['id', 'name']).where('name', 'in', names).execute();
  return new Map(rows.map(({ id, name }) => [name, id]));
}

function toIds(movie: MovieLine, genreIds: GenreIds): number[] {
  return movie.genres.flatMap((name) => genreIds.get(name) ?? []);
}

async function insertMovies(db: Kysely<Tables>, movies: readonly MovieLine[], genreIds: GenreIds): Promise<void> {
  const createdAt = Date.now();
  const rows = movies.map((movie) => {
    const row = {
      ...movieTexts(movie.names),
      year: movie.names.year,
      movie_lens_id: movie.movieLensId,
      movie_lens_title: movie.names.fullTitle,
      primary_genre_id: toIds(movie, genreIds)[0] ?? null,
      created_at: createdAt,
    };
    return movieColumns.map((column) => row[column]);
  });
  await insertRows(db, { table: 'movies', columns: movieColumns }, rows);
  const ids = await findIds(db, movies);
  await indexLetters(db, [...ids.values()]);
  const links = movies.flatMap((movie) => genreRows(ids.get(movie.movieLensId) ?? 0, toIds(movie, genreIds)));
  await insertGenreRows(db, links);
}

/** False when the film has got a MovieLens id since `open`. */
async function giveMovieLensId(db: Kysely<Tables>, id: number, { movieLensId, names }: MovieLine): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('movies')
    .set({
      movie_lens_id: movieLensId,
      movie_lens_title: names.fullTitle,
      // MovieLens clients search the full title as they know it; the words are the same.
      search_text: movieTexts(names).search_text,
    })
    .where('id', '=', id)
    .where('movie_lens_id', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Puts the film's MovieLens genres before those it has; its primary genre stays, if there is one. */
async function mergeGenres(db: Kysely<Tables>, movieId: number, genreIds: readonly number[]): Promise<void> {
  const present = await db
    .selectFrom('movie_genres')
    .select('genre_id')
    .where('movie_id', '=', movieId)
    .orderBy('position')
    .execute();
  const merged = [...new Set([...genreIds, ...present.map((row) => row.genre_id)])];
  await db.deleteFrom('movie_genres').where('movie_id', '=', movieId).execute();
  await insertGenreRows(db, genreRows(movieId, merged));
  const primary = db
    .updateTable('movies')
    .set({ primary_genre_id: merged[0] ?? null })
    .where('id', '=', movieId);
  await primary.where('primary_genre_id', 'is', null).execute();
}

type GenreRow = readonly [movieId: number, genreId: number, position: number];

function genreRows(movieId: number, genreIds: readonly number[]): GenreRow[] {
  return genreIds.map((genreId, position) => [movieId, genreId, position]);
}

function insertGenreRows(db: Kysely<Tables>, rows: readonly GenreRow[]): Promise<void> {
  return insertRows(db, { table: 'movie_genres', columns: ['movie_id', 'genre_id', 'position'] }, rows);
}
