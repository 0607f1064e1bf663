import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { prepare } from '../../database/statement.js';
import type { OffsetPage, OffsetRequest } from '../page.js';
import type { MovieSummaryRow } from './movie.types.js';
import { type CatalogueState, MovieAnchorRepository } from './movie-anchor.repository.js';

const summaryColumns = [
  'movies.id',
  'movies.title',
  'movies.duration_minutes as durationMinutes',
  'movies.rating_count as ratingCount',
  'movies.rating_sum as ratingSum',
  'genres.name as primaryGenre',
] as const;

const filmCount = sql<number>`coalesce((select value from catalog_counts where name = 'movies'), 0)`;
const lastFilm = sql<number>`coalesce((select max(id) from movies), 0)`;

const pageFrom = prepare<{ id: number; limit: number }, MovieSummaryRow & CatalogueState>(
  (db, { id, limit }) =>
    db
      .selectFrom('movies')
      .leftJoin('genres', 'genres.id', 'movies.primary_genre_id')
      .select(summaryColumns)
      .select([filmCount.as('total'), lastFilm.as('lastId')])
      .where('movies.id', '>=', id)
      .orderBy('movies.id')
      .limit(limit),
  (_input, rows) => rows.map((film) => film.id),
);

const readState = prepare<Record<string, never>, CatalogueState>(
  (db) => db.selectNoFrom([filmCount.as('total'), lastFilm.as('lastId')]),
  () => [],
);

const summaryById = prepare<{ id: number }, MovieSummaryRow>(
  (db, { id }) =>
    db
      .selectFrom('movies')
      .leftJoin('genres', 'genres.id', 'movies.primary_genre_id')
      .select(summaryColumns)
      .where('movies.id', '=', id),
  ({ id }) => [id],
);

/** Films as the contracts with page numbers show them, in few columns and one statement. */
export class MoviePageRepository {
  readonly #database: Database;
  readonly #anchors: MovieAnchorRepository;

  constructor(database: Database) {
    this.#database = database;
    this.#anchors = new MovieAnchorRepository(database);
  }

  async findById(id: number): Promise<MovieSummaryRow | undefined> {
    return this.#database.first(summaryById, { id });
  }

  /** All films by id, by page number; the total comes from a maintained count. */
  async listByOffset({ offset, limit }: OffsetRequest): Promise<OffsetPage<MovieSummaryRow>> {
    if (offset === 0) return this.#readFrom(0, limit);
    const id = this.#anchors.idAt(offset);
    const page = await this.#readAt(id, limit);
    if (!this.#anchors.fits(page)) await this.#anchors.refresh(page);
    // Films came or went since their places were noted, whoever was the one to note it.
    else if (this.#anchors.idAt(offset) === id) return page;
    return this.#readAt(this.#anchors.idAt(offset), limit);
  }

  async #readAt(id: number | undefined, limit: number): Promise<MoviePage> {
    return id === undefined ? { rows: [], ...(await this.#readState()) } : this.#readFrom(id, limit);
  }

  async #readFrom(id: number, limit: number): Promise<MoviePage> {
    const rows = await this.#database.all(pageFrom, { id, limit });
    const [first] = rows;
    return { rows, ...(first ? toState(first) : await this.#readState()) };
  }

  async #readState(): Promise<CatalogueState> {
    const state = await this.#database.first(readState, {});
    return state ? toState(state) : { total: 0, lastId: 0 };
  }
}

/** MySQL may write a number as text. */
function toState({ total, lastId }: CatalogueState): CatalogueState {
  return { total: Number(total), lastId: Number(lastId) };
}

type MoviePage = OffsetPage<MovieSummaryRow> & CatalogueState;
