import { type Expression, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { type KeysetSql, keysetRanges, keysetSql } from '../../database/keyset.js';
import { listPlaces, prepare, prepareEach } from '../../database/statement.js';
import { type Direction, type KeysetPage, type KeysetRequest, type OffsetPage, toKeysetPage } from '../page.js';
import { escapeLike, foldText } from '../text.js';
import { type CatalogCountName, readCatalogCount } from './catalog-count.repository.js';

import type {
  GenreRow,
  ListedMovieRow,
  MovieFilter,
  MovieLensRequest,
  MovieOrderField,
  MovieRow,
  ShortMovieRow,
} from './movie.types.js';
import { conditionsOf, countMatches, pageConditionsOf } from './movie-filter.repository.js';
import { listShort, orderColumns, shown, shownInOrder } from './movie-short.repository.js';

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

/** The columns of a `ListedMovieRow`. */
export const listedColumns = [
  'movies.id',
  'movies.title',
  'movies.director',
  'movies.year',
  'movies.status',
  'movies.poster_key as posterKey',
  'movies.content_url as contentUrl',
] as const;

function selectMovies(db: Kysely<Tables>) {
  return db
    .selectFrom('movies')
    .leftJoin('genres', 'genres.id', 'movies.primary_genre_id')
    .select(columns)
    .$castTo<MovieRow>();
}

const noRatings = () => [];

const movieById = prepare<{ id: number }, MovieRow>(
  (db, { id }) => selectMovies(db).where('movies.id', '=', id),
  shown,
);

const movieByMovieLensId = prepare<{ movieLensId: number }, MovieRow>(
  (db, { movieLensId }) => selectMovies(db).where('movies.movie_lens_id', '=', movieLensId),
  shown,
);

const moviesByIds = prepareEach<number, Record<string, number>, MovieRow>(
  (length) => (db, ids) => selectMovies(db).where('movies.id', 'in', listPlaces(ids, length)),
  () => shown,
);

const listedAfter = prepare<{ id: number; limit: number }, ListedMovieRow>(
  (db, { id, limit }) =>
    db
      .selectFrom('movies')
      .select(listedColumns)
      .where('movies.id', '>', id)
      .orderBy('movies.id')
      .limit(limit)
      .$castTo<ListedMovieRow>(),
  noRatings,
);

const genresOfMovies = prepareEach<number, Record<string, number>, { movieId: number; name: string }>(
  (length) => (db, ids) =>
    db
      .selectFrom('movie_genres')
      .innerJoin('genres', 'genres.id', 'movie_genres.genre_id')
      .select(['movie_genres.movie_id as movieId', 'genres.name'])
      .where('movie_genres.movie_id', 'in', listPlaces(ids, length))
      .orderBy('movie_genres.movie_id')
      .orderBy('movie_genres.position'),
);

/** A film once for each of its genres, in the order of their source; once, without a name, when it has none. */
const movieWithGenres = prepare<{ id: number }, MovieRow & { genreName: string | null }>(
  (db, { id }) =>
    selectMovies(db)
      .leftJoin('movie_genres as own', 'own.movie_id', 'movies.id')
      .leftJoin('genres as own_genres', 'own_genres.id', 'own.genre_id')
      .select('own_genres.name as genreName')
      .where('movies.id', '=', id)
      .orderBy('own.position')
      .$castTo<MovieRow & { genreName: string | null }>(),
  shown,
);

/** The first page of all films, for each order. */
const firstPage = prepareEach<`${MovieOrderField} ${Direction}`, { limit: number }, MovieRow>((order) => {
  const [field, direction] = order.split(' ') as [MovieOrderField, Direction]; // as they were put together
  const { orderBy } = keysetSql({ first: 0, order: { field, direction } }, orderColumns[field], 'movies.id');
  return (db, { limit }) => selectMovies(db).orderBy(orderBy).limit(limit);
}, shownInOrder);

/** Films and their genres, read as plain rows. */
export class MovieRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: number): Promise<MovieRow | undefined> {
    return this.#database.first(movieById, { id });
  }

  async findByMovieLensId(movieLensId: number): Promise<MovieRow | undefined> {
    return this.#database.first(movieByMovieLensId, { movieLensId });
  }

  async findByIds(ids: readonly number[]): Promise<MovieRow[]> {
    return this.#database.allOf(moviesByIds, ids);
  }

  /** A film and the names of its genres, in one statement. */
  async findWithGenres(id: number): Promise<{ movie: MovieRow; genres: readonly string[] } | undefined> {
    const rows = await this.#database.all(movieWithGenres, { id });
    const [first] = rows;
    if (!first) return undefined;
    const { genreName: _name, ...movie } = first;
    return { movie, genres: rows.flatMap(({ genreName }) => genreName ?? []) };
  }

  /** Films by id, those behind one: what goes through the whole catalogue meets each film once, whatever changes meanwhile. */
  async listAfter(id: number, limit: number): Promise<ListedMovieRow[]> {
    return this.#database.all(listedAfter, { id, limit });
  }

  async list(filter: MovieFilter, request: KeysetRequest<MovieOrderField>): Promise<KeysetPage<MovieRow>> {
    if (request.after == null && conditionsOf(this.#database.engine, filter).length === 0) {
      const { field, direction } = request.order;
      const rows = await this.#database.all(firstPage(`${field} ${direction}`), { limit: request.first + 1 });
      return toKeysetPage(rows, request.first);
    }
    const conditions = await pageConditionsOf(this.#database, filter);
    const rows: MovieRow[] = [];
    for (const { where, orderBy, limit } of rangesOf(request)) {
      if (rows.length === limit) break;
      const page = { conditions: where ? [...conditions, where] : conditions, orderBy, limit: limit - rows.length };
      rows.push(...(await this.#readPage(page)));
    }
    return toKeysetPage(rows, request.first);
  }

  /** As `list`; where that is cheaper, with no more of each film than a short row has. */
  async listShort(filter: MovieFilter, request: KeysetRequest<MovieOrderField>): Promise<KeysetPage<ShortMovieRow>> {
    const plain = request.after == null && conditionsOf(this.#database.engine, filter).length === 0;
    return plain ? listShort(this.#database, request) : this.list(filter, request);
  }

  /**
   * Films with a MovieLens id, by page number, in the order of that id or the likeliest first. The page is found by
   * index alone before its films are read, so that a deep one costs little more than the first.
   */
  async listMovieLens(filter: MovieFilter, request: MovieLensRequest): Promise<OffsetPage<MovieRow>> {
    const wanted = { ...filter, inMovieLens: true };
    const total = await this.count(wanted);
    if (request.offset >= total) return { rows: [], total };
    const conditions = await pageConditionsOf(this.#database, wanted, request.order === 'relevance');
    const films = this.#database.sql
      .selectFrom('movies')
      .select(['movies.id', 'movies.movie_lens_id as place', tierOf(filter, request).as('tier')])
      .where((eb) => eb.and(conditions));
    const ordered = request.order === 'relevance' ? films.orderBy('tier') : films;
    const page = ordered.orderBy('place').limit(request.limit).offset(request.offset).as('page');
    const rows = await this.#select()
      .innerJoin(page, (join) => join.onRef('page.id', '=', 'movies.id'))
      .orderBy('page.tier')
      .orderBy('page.place')
      .execute();
    return { rows, total };
  }

  async count(filter: MovieFilter): Promise<number> {
    const conditions = conditionsOf(this.#database.engine, filter);
    if (conditions.length === 0) return this.countAll();
    if (conditions.length === 1 && filter.inMovieLens) return this.countAll('movieLensMovies');
    return countMatches(this.#database, filter);
  }

  /** A maintained count: of all films, unless said otherwise. */
  async countAll(name: CatalogCountName = 'movies'): Promise<number> {
    return readCatalogCount(this.#database.sql, name);
  }

  /** The genres of many films at once, each in the order of its source. */
  async findGenres(movieIds: readonly number[]): Promise<{ movieId: number; name: string }[]> {
    return this.#database.allOf(genresOfMovies, movieIds);
  }

  async listGenres(): Promise<GenreRow[]> {
    return this.#database.sql.selectFrom('genres').select(['id', 'name']).orderBy('name_key').orderBy('id').execute();
  }

  /** MySQL sorts what a search finds: ids alone, before any film is read. */
  async #readPage({ conditions, orderBy, limit }: FoundPage): Promise<MovieRow[]> {
    if (this.#database.engine === 'sqlite') {
      const query = this.#select().where((eb) => eb.and(conditions));
      return query.orderBy(orderBy).limit(limit).execute();
    }
    const ids = this.#database.sql.selectFrom('movies').select('movies.id');
    const found = ids
      .where((eb) => eb.and(conditions))
      .orderBy(orderBy)
      .limit(limit);
    return this.#select().innerJoin(found.as('page'), 'page.id', 'movies.id').orderBy(orderBy).execute();
  }

  #select() {
    return selectMovies(this.#database.sql);
  }
}

interface FoundPage {
  readonly conditions: Expression<SqlBool>[];
  readonly orderBy: KeysetSql['orderBy'];
  readonly limit: number;
}

/** Where a page is: a film may lack a year, or ratings. */
function rangesOf(request: KeysetRequest<MovieOrderField>): KeysetSql[] {
  const { field } = request.order;
  const column = orderColumns[field];
  return column !== null && (field === 'YEAR' || field === 'AVERAGE_RATING')
    ? keysetRanges(request, column, 'movies.id')
    : [keysetSql(request, column, 'movies.id')];
}

/** Relevance, likeliest first: the very title, then titles that begin with the text, that hold it, that hold its words. */
function tierOf({ text }: MovieFilter, { order }: MovieLensRequest): RawBuilder<number> {
  const wanted = foldText(text ?? '');
  if (order === 'movieLensId' || wanted === '') return sql<number>`0`;
  const pattern = escapeLike(wanted);
  return sql<number>`case
    when movies.sort_title = ${wanted} or movies.search_text = ${wanted} then 0
    when movies.search_text like ${`${pattern}%`} escape '!' then 1
    when movies.search_text like ${`%${pattern}%`} escape '!' then 2
    else 3 end`;
}
