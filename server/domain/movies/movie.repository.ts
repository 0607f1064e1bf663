import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { keysetSql } from '../../database/keyset.js';
import { type KeysetPage, type KeysetRequest, type OffsetPage, type OffsetRequest, toKeysetPage } from '../page.js';
import { escapeLike, foldText } from '../text.js';
import type { GenreRow, MovieFilter, MovieOrderField, MovieRow } from './movie.types.js';

const columns = [
  'movies.id',
  'movies.title',
  'movies.sort_title as sortTitle',
  'movies.year',
  'movies.director',
  'movies.duration_minutes as durationMinutes',
  'movies.status',
  'movies.poster_key as posterKey',
  'movies.content_url as contentUrl',
  'movies.movie_lens_id as movieLensId',
  'movies.movie_lens_title as movieLensTitle',
  'movies.imdb_id as imdbId',
  'movies.tmdb_id as tmdbId',
  'movies.rating_count as ratingCount',
  'movies.rating_sum as ratingSum',
  'movies.average_rating as sortAverage',
  'movies.created_at as createdAt',
  'genres.name as primaryGenre',
] as const;

const orderColumns = {
  ID: null,
  TITLE: 'movies.sort_title',
  YEAR: 'movies.year',
  AVERAGE_RATING: 'movies.average_rating',
  RATING_COUNT: 'movies.rating_count',
  CREATED_AT: 'movies.created_at',
} satisfies Record<MovieOrderField, string | null>;

/** Films and their genres, read as plain rows. */
export class MovieRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: number): Promise<MovieRow | undefined> {
    return this.#select().where('movies.id', '=', id).executeTakeFirst();
  }

  async findByMovieLensId(movieLensId: number): Promise<MovieRow | undefined> {
    return this.#select().where('movies.movie_lens_id', '=', movieLensId).executeTakeFirst();
  }

  async findByIds(ids: readonly number[]): Promise<MovieRow[]> {
    return this.#select().where('movies.id', 'in', ids).execute();
  }

  /** All films by id, by page number; the total comes from a maintained count. */
  async listByOffset({ offset, limit }: OffsetRequest): Promise<OffsetPage<MovieRow>> {
    const total = await this.countAll();
    if (offset >= total) return { rows: [], total };
    return { rows: await this.#select().orderBy('movies.id').limit(limit).offset(offset).execute(), total };
  }

  async list(filter: MovieFilter, request: KeysetRequest<MovieOrderField>): Promise<KeysetPage<MovieRow>> {
    const page = keysetSql(request, orderColumns[request.order.field], 'movies.id');
    const rows = await this.#select()
      .where((eb) => eb.and([...conditionsOf(filter), ...(page.where ? [page.where] : [])]))
      .orderBy(page.orderBy)
      .limit(page.limit)
      .execute();
    return toKeysetPage(rows, request.first);
  }

  async count(filter: MovieFilter): Promise<number> {
    const conditions = conditionsOf(filter);
    if (conditions.length === 0) return this.countAll();
    const query = this.#database.sql.selectFrom('movies').select((eb) => eb.fn.countAll<number>().as('total'));
    const { total } = await query.where((eb) => eb.and(conditions)).executeTakeFirstOrThrow();
    return Number(total);
  }

  async countAll(): Promise<number> {
    const query = this.#database.sql.selectFrom('catalog_counts').select('value').where('name', '=', 'movies');
    return (await query.executeTakeFirst())?.value ?? 0;
  }

  /** The genres of many films at once, each in the order of its source. */
  async findGenres(movieIds: readonly number[]): Promise<{ movieId: number; name: string }[]> {
    return this.#database.sql
      .selectFrom('movie_genres')
      .innerJoin('genres', 'genres.id', 'movie_genres.genre_id')
      .select(['movie_genres.movie_id as movieId', 'genres.name'])
      .where('movie_genres.movie_id', 'in', movieIds)
      .orderBy('movie_genres.movie_id')
      .orderBy('movie_genres.position')
      .execute();
  }

  async listGenres(): Promise<GenreRow[]> {
    return this.#database.sql.selectFrom('genres').select(['id', 'name']).orderBy('name_key').orderBy('id').execute();
  }

  #select() {
    return this.#database.sql
      .selectFrom('movies')
      .leftJoin('genres', 'genres.id', 'movies.primary_genre_id')
      .select(columns)
      .$castTo<MovieRow>();
  }
}

/** The SQL of a filter: conditions that must all hold. */
function conditionsOf(filter: MovieFilter): RawBuilder<SqlBool>[] {
  const words = foldText(filter.text ?? '')
    .split(' ')
    .filter(Boolean);
  return [
    ...words.map((word) => contains('movies.search_text', word)),
    ...(filter.title ? [contains('movies.sort_title', foldText(filter.title))] : []),
    ...(filter.director ? [contains('movies.director_key', foldText(filter.director))] : []),
    ...(filter.genre ? [hasGenre(foldText(filter.genre))] : []),
    ...compare('movies.year', '=', filter.year),
    ...compare('movies.year', '>=', filter.yearFrom),
    ...compare('movies.year', '<=', filter.yearTo),
    ...compare('movies.status', '=', filter.status),
    ...compare('movies.average_rating', '>=', filter.minAverage),
    ...compare('movies.rating_count', '>=', filter.minRatingCount),
  ];
}

function contains(column: string, text: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(column)} like ${`%${escapeLike(text)}%`} escape '!'`;
}

function compare(
  column: string,
  operator: '=' | '>=' | '<=',
  value: string | number | null | undefined,
): RawBuilder<SqlBool>[] {
  return value == null ? [] : [sql<SqlBool>`${sql.ref(column)} ${sql.raw(operator)} ${value}`];
}

function hasGenre(nameKey: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (
    select 1 from movie_genres
    join genres as wanted on wanted.id = movie_genres.genre_id
    where movie_genres.movie_id = movies.id and wanted.name_key = ${nameKey}
  )`;
}
