import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, Tables, Transaction } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import { type KeysetSql, keysetSql } from '../../database/keyset.js';
import { listedIds, listPlaces, type Places, prepare, prepareEach } from '../../database/statement.js';
import type { AuditedValues } from '../audit-log/audit-entry.types.js';
import { ConflictError, NotFoundError } from '../errors.js';
import {
  type Direction,
  type KeysetPage,
  type KeysetRequest,
  type OffsetPage,
  type OffsetRequest,
  toKeysetPage,
} from '../page.js';
import type { RatingChange, RatingContent, RatingOrderField, RatingOutcome, RatingRow } from './rating.types.js';
import { addToAggregate } from './rating-aggregate.repository.js';
import { presentScore } from './score.js';

const columns = [
  'ratings.id',
  'ratings.user_id as userId',
  'ratings.movie_id as movieId',
  'ratings.score',
  'ratings.comment',
  'ratings.created_at as createdAt',
  'ratings.updated_at as updatedAt',
] as const;

const orderColumns = { ID: null, CREATED_AT: 'ratings.created_at' } satisfies Record<RatingOrderField, string | null>;

const lockById = prepareEach<Database['engine'], { movieId: number }, { id: number }>((engine) => (db, { movieId }) => {
  const query = db.selectFrom('movies').select('id').where('id', '=', movieId);
  // A transaction of SQLite's has the whole database to itself.
  return engine === 'mysql' ? query.forUpdate() : query;
});

const ofFilm = ({ movieId }: { readonly movieId: number }) => [movieId];

const addRatings = prepare<{ movieId: number; count: number; sum: number }, never>(
  (db, { movieId, count, sum }) =>
    db.updateTable('movies').set(addToAggregate({ count, sum })).where('id', '=', movieId),
  ofFilm,
);

const insertRating = prepare<
  { userId: number; movieId: number; score: number; comment: string | null; now: number },
  never
>(
  (db, { userId, movieId, score, comment, now }) =>
    db
      .insertInto('ratings')
      .values({ user_id: userId, movie_id: movieId, score, comment, created_at: now, updated_at: now }),
  ofFilm,
);

/** A rating, and the film that it is of. */
type Rated = { id: number; movieId: number };

const updateRating = prepare<Rated & { score: number; comment: string | null; updatedAt: number }, never>(
  (db, { id, movieId, score, comment, updatedAt }) =>
    db
      .updateTable('ratings')
      .set({ score, comment, updated_at: updatedAt })
      .where('id', '=', id)
      .where('movie_id', '=', movieId),
  ofFilm,
);

const deleteRating = prepare<Rated, never>(
  (db, { id, movieId }) => db.deleteFrom('ratings').where('id', '=', id).where('movie_id', '=', movieId),
  ofFilm,
);

type RatingOwner = 'movie_id' | 'user_id';

const ratingById = prepare<{ id: number }, RatingRow>((db, { id }) => selectRatings(db).where('ratings.id', '=', id));

const ratingByUser = prepare<{ userId: number; movieId: number }, RatingRow>((db, { userId, movieId }) =>
  selectRatings(db).where('ratings.user_id', '=', userId).where('ratings.movie_id', '=', movieId),
);

const ratingTotal = prepare<{ movieId: number }, { total: number }>(
  (db, { movieId }) => db.selectFrom('movies').select('rating_count as total').where('id', '=', movieId),
  ofFilm,
);

type RatingPage = { movieId: number; offset: number; limit: number };

function selectWithTotal(db: Kysely<Tables>, { movieId }: Places<RatingPage>, source = ratings) {
  const total = sql<number>`(select rating_count from movies where id = ${movieId})`;
  return db.selectFrom(source).select(columns).select(total.as('total'));
}

const ratings = sql<Tables['ratings']>`ratings`.as<'ratings'>(sql`ratings`);

/** Of a film with many ratings MySQL would rather meet some on its way through those of all films. */
const ratingsByFilm = {
  sqlite: ratings,
  mysql: sql<Tables['ratings']>`ratings`.as<'ratings'>(sql`ratings force index (ratings_movie_id_id_index)`),
};

const firstRatings = prepareEach<Database['engine'], RatingPage, RatingRow & { total: number }>(
  (engine) => (db, places) =>
    selectWithTotal(db, places, ratingsByFilm[engine])
      .where('ratings.movie_id', '=', places.movieId)
      .orderBy('ratings.id')
      .limit(places.limit),
  () => ofFilm,
);

/** The page is found by index alone, before any rating is read. */
const laterRatings = prepare<RatingPage, RatingRow & { total: number }>((db, places) => {
  const ids = db.selectFrom('ratings').select('id').where('movie_id', '=', places.movieId).orderBy('id');
  return selectWithTotal(db, places)
    .innerJoin(ids.limit(places.limit).offset(places.offset).as('page'), 'page.id', 'ratings.id')
    .orderBy('ratings.id');
}, ofFilm);

/** The first pages of many owners: the key says on which engine, of whom, in which order, and of how many. */
const firstPages = prepareEach<string, Record<string, number>, RatingRow>(
  (key) => {
    const [engine, owner, field, direction, length] = key.split(' ') as PagesKey; // as they were put together
    const page = keysetSql({ first: 0, order: { field, direction } }, orderColumns[field], 'ratings.id');
    return (db, places) => {
      const limit = places['limit'] ?? sql<number>`0`;
      return pagesOf(db, { engine, owner, ownerIds: listPlaces(places, Number(length)), page: { ...page, limit } });
    };
  },
  (key) => (key.split(' ')[1] === 'movie_id' ? listedIds : undefined),
);

type PagesKey = [Database['engine'], RatingOwner, RatingOrderField, Direction, string];

interface OwnersPage {
  readonly engine: Database['engine'];
  readonly owner: RatingOwner;
  readonly ownerIds: readonly (number | RawBuilder<number>)[];
  readonly page: Omit<KeysetSql, 'limit'> & { readonly limit: number | RawBuilder<number> };
}

/**
 * One limited index range for each owner: a window function would read every rating of every owner. MySQL finds the ids by
 * index alone and then reads these ratings, which takes it half of what it takes to put whole ones together.
 */
function pagesOf(db: Kysely<Tables>, { engine, owner, ownerIds, page }: OwnersPage): RawBuilder<RatingRow> {
  const parts = ownerIds.map((ownerId) => {
    const query = selectRatings(db).where(`ratings.${owner}`, '=', ownerId);
    return (page.where ? query.where(page.where) : query).orderBy(page.orderBy).limit(page.limit);
  });
  const union = sql` union all `;
  if (engine === 'sqlite') {
    const whole = parts.map((part) => sql`select * from (${part}) as part`);
    return sql<RatingRow>`${sql.join(whole, union)}`;
  }
  const ids = parts.map((part) => part.clearSelect().select('ratings.id'));
  const found = selectRatings(db)
    .innerJoin(sql<{ id: number }>`(${sql.join(ids, union)})`.as('page'), 'page.id', 'ratings.id')
    .orderBy(page.orderBy);
  return sql<RatingRow>`${found}`;
}

/**
 * Ratings, and the aggregate that each film keeps of its own.
 *
 * Every write takes the film's row first and the rating after it (ADR 0002): writers of one film queue up instead of
 * deadlocking, and what is read under that lock cannot change before the transaction ends.
 */
export class RatingRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: number): Promise<RatingRow | undefined> {
    return this.#database.first(ratingById, { id });
  }

  /** One user's ratings of many films; at most one each. */
  async findByUser(userId: number, movieIds: readonly number[]): Promise<RatingRow[]> {
    if (movieIds.length === 1) return this.#database.all(ratingByUser, { userId, movieId: movieIds[0] ?? 0 });
    return this.#select().where('ratings.user_id', '=', userId).where('ratings.movie_id', 'in', movieIds).execute();
  }

  /**
   * A film's ratings in the order of their ids, by page number; their total is the film's `ratingCount`.
   *
   * @returns undefined when there is no such film
   */
  async listByOffset(movieId: number, request: OffsetRequest): Promise<OffsetPage<RatingRow> | undefined> {
    const rows = await this.#database.all(request.offset === 0 ? firstRatings(this.#database.engine) : laterRatings, {
      movieId,
      ...request,
    });
    const [first] = rows;
    if (first) return { rows: rows.map(({ total: _total, ...row }) => row), total: first.total };
    const movie = await this.#database.first(ratingTotal, { movieId });
    return movie && { rows: [], total: movie.total };
  }

  /** The same page of the ratings of many films (or users), in one statement. */
  async listBy(
    owner: RatingOwner,
    ownerIds: readonly number[],
    request: KeysetRequest<RatingOrderField>,
  ): Promise<KeysetPage<RatingRow>[]> {
    const rows =
      request.after == null
        ? await this.#listFirst(owner, ownerIds, request)
        : await this.#listLater(owner, ownerIds, request);
    const byOwner = Map.groupBy(rows, (rating) => (owner === 'movie_id' ? rating.movieId : rating.userId));
    return ownerIds.map((ownerId) => toKeysetPage(byOwner.get(ownerId) ?? [], request.first));
  }

  #listFirst(owner: RatingOwner, ownerIds: readonly number[], { first, order }: KeysetRequest<RatingOrderField>) {
    const { engine } = this.#database;
    const statementOf = (length: number) =>
      firstPages(`${engine} ${owner} ${order.field} ${order.direction} ${length}`);
    return this.#database.allOf(statementOf, ownerIds, { limit: first + 1 });
  }

  async #listLater(owner: RatingOwner, ownerIds: readonly number[], request: KeysetRequest<RatingOrderField>) {
    const page = keysetSql(request, orderColumns[request.order.field], 'ratings.id');
    const { engine, sql: db } = this.#database;
    return (await pagesOf(db, { engine, owner, ownerIds, page }).execute(db)).rows;
  }

  async countByUser(userId: number): Promise<number> {
    const query = this.#database.sql.selectFrom('ratings').select((eb) => eb.fn.countAll<number>().as('total'));
    return Number((await query.where('user_id', '=', userId).executeTakeFirstOrThrow()).total);
  }

  /**
   * Adds a rating to a film and to the film's aggregate.
   *
   * @throws NotFoundError (movie)
   * @throws ConflictError (alreadyRated) when this user has a rating of it; the unique index decides
   */
  async create(userId: number, movieId: number, content: RatingContent): Promise<RatingRow> {
    return this.#database.transaction(async (transaction) => {
      if (!(await adjustAggregate(transaction, movieId, { count: 1, sum: content.score }))) {
        throw new NotFoundError('movie');
      }
      return insert(transaction, { userId, movieId }, content);
    });
  }

  /** Adds a rating, or replaces the score and comment of the one there is. @throws NotFoundError (movie) */
  async createOrReplace(userId: number, movieId: number, content: RatingContent): Promise<RatingOutcome> {
    return this.#database.transaction(async (transaction) => {
      if (!(await lockMovie(transaction, movieId))) throw new NotFoundError('movie');
      const [existing] = (await transaction.run(ratingByUser, { userId, movieId })).rows;
      if (existing) return { outcome: 'replaced', rating: await applyChange(transaction, existing, content) };
      await adjustAggregate(transaction, movieId, { count: 1, sum: content.score });
      return { outcome: 'created', rating: await insert(transaction, { userId, movieId }, content) };
    });
  }

  /** @throws NotFoundError (rating) when it was deleted meanwhile */
  async update({ id, movieId }: RatingRow, change: RatingChange): Promise<RatingRow> {
    return this.#database.transaction(async (transaction) => {
      await lockMovie(transaction, movieId);
      const [rating] = (await transaction.run(ratingById, { id })).rows;
      if (!rating) throw new NotFoundError('rating');
      return applyChange(transaction, rating, change);
    });
  }

  /** Whether there was still something to delete. */
  async delete({ id, movieId }: RatingRow): Promise<boolean> {
    return this.#database.transaction(async (transaction) => {
      await lockMovie(transaction, movieId);
      const [rating] = (await transaction.run(ratingById, { id })).rows;
      if (!rating) return false;
      await transaction.run(deleteRating, { id, movieId });
      await adjustAggregate(transaction, movieId, { count: -1, sum: -rating.score });
      await transaction.audit({
        action: 'rating.delete',
        subjectId: id,
        before: { userId: rating.userId, movieId, ...auditedContent(rating) },
      });
      return true;
    });
  }

  #select() {
    return selectRatings(this.#database.sql);
  }
}

function selectRatings(db: Kysely<Tables>) {
  return db.selectFrom('ratings').select(columns).$castTo<RatingRow>();
}

/** Takes the film's row for the rest of the transaction; false when there is no such film. */
async function lockMovie({ engine, run }: Transaction, movieId: number): Promise<boolean> {
  return (await run(lockById(engine), { movieId })).rows.length > 0;
}

/** Adds to a film's count and sum, and locks its row; false when there is no such film. */
async function adjustAggregate(
  { run }: Transaction,
  movieId: number,
  change: { readonly count: number; readonly sum: number },
): Promise<boolean> {
  const { numAffectedRows } = await run(addRatings, { movieId, ...change });
  return (numAffectedRows ?? 0n) > 0n;
}

async function insert(
  { run, audit }: Transaction,
  { userId, movieId }: { userId: number; movieId: number },
  { score, comment }: RatingContent,
): Promise<RatingRow> {
  const now = Date.now();
  try {
    const { insertId } = await run(insertRating, { userId, movieId, score, comment, now });
    const [id, content] = [Number(insertId), { score, comment }];
    await audit({ action: 'rating.create', subjectId: id, after: { userId, movieId, ...auditedContent(content) } });
    return { id, userId, movieId, ...content, createdAt: now, updatedAt: now };
  } catch (error) {
    throw isDuplicate(error) ? new ConflictError('alreadyRated') : error;
  }
}

async function applyChange(transaction: Transaction, rating: RatingRow, change: RatingChange): Promise<RatingRow> {
  const { run, audit } = transaction;
  const { id, movieId } = rating;
  const { score = rating.score, comment = rating.comment } = change;
  if (score === rating.score && comment === rating.comment) return rating;
  const updatedAt = Date.now();
  if (score !== rating.score) await adjustAggregate(transaction, movieId, { count: 0, sum: score - rating.score });
  await run(updateRating, { id, movieId, score, comment, updatedAt });
  const [before, after] = [auditedContent(rating), auditedContent({ score, comment })];
  await audit({ action: 'rating.update', subjectId: id, before, after });
  return { ...rating, score, comment, updatedAt };
}

/** What the audit log shows of a rating: the score as clients read it. */
function auditedContent({ score, comment }: RatingContent): AuditedValues {
  return { score: presentScore(score), comment };
}
