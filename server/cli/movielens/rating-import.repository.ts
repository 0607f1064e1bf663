import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { inParts, insertRows, pairsTable } from '../../database/rows.js';
import { addToAggregate } from '../../domain/ratings/rating.repository.js';
import type { RatingLine } from './rows.js';

/** What became of a batch of ratings and of the people who gave them. */
export interface RatingOutcome {
  readonly added: number;
  readonly unchanged: number;
  readonly usersAdded: number;
}

/** A rating in our ids. */
interface NewRating {
  readonly userId: number;
  readonly movieId: number;
  readonly score: number;
  readonly ratedAt: number;
}

interface Aggregate {
  readonly movieId: number;
  count: number;
  sum: number;
}

interface People {
  /** Our ids by MovieLens id. */
  readonly ids: ReadonlyMap<number, number>;
  /** Our ids of those that this transaction added. */
  readonly added: ReadonlySet<number>;
}

const ratingColumns = ['user_id', 'movie_id', 'score', 'created_at', 'updated_at'];

/** Brings MovieLens ratings in, with the people who gave them and the aggregates of the films. */
export class RatingImportRepository {
  readonly #database: Database;
  readonly #movieIds: ReadonlyMap<number, number>;
  /** Our ids by MovieLens id, of everyone met so far. */
  readonly #userIds = new Map<number, number>();

  /** @param movieIds our ids by MovieLens id; lines of other films are no business of this class */
  constructor(database: Database, movieIds: ReadonlyMap<number, number>) {
    this.#database = database;
    this.#movieIds = movieIds;
  }

  /** How many people have been met. */
  get userCount(): number {
    return this.#userIds.size;
  }

  /**
   * Takes a batch in one transaction: people that are missing, ratings that are missing, and what these add to their
   * films. Films are locked first and by id, as every writer of ratings does (ADR 0002).
   *
   * @param lines each person and film at most once
   */
  async store(lines: readonly RatingLine[]): Promise<RatingOutcome> {
    const { people, added } = await this.#database.transaction(async ({ sql: db }) => {
      await this.#lockMovies(db, lines);
      const users = await ensureUsers(db, this.#userIds, lines);
      const ratings = await this.#withoutPresent(db, this.#translate(lines, users.ids), users);
      await insertRatings(db, ratings);
      await adjustAggregates(db, ratings);
      return { people: users, added: ratings.length };
    });
    // Only now: a transaction that is rolled back takes the people it added with it.
    for (const [movieLensId, id] of people.ids) this.#userIds.set(movieLensId, id);
    return { added, unchanged: lines.length - added, usersAdded: people.added.size };
  }

  async #lockMovies(db: Kysely<Tables>, lines: readonly RatingLine[]): Promise<void> {
    // SQLite has one writer at a time, and this transaction is it.
    if (this.#database.engine === 'sqlite') return;
    const ids = [...new Set(lines.map(({ movieLensId }) => this.#movieIds.get(movieLensId) ?? 0))];
    await db.selectFrom('movies').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  }

  #translate(lines: readonly RatingLine[], userIds: ReadonlyMap<number, number>): NewRating[] {
    return lines.map(({ userId, movieLensId, score, ratedAt }) => ({
      userId: userIds.get(userId) ?? 0,
      movieId: this.#movieIds.get(movieLensId) ?? 0,
      score,
      ratedAt,
    }));
  }

  async #withoutPresent(db: Kysely<Tables>, ratings: NewRating[], { added }: People): Promise<NewRating[]> {
    const pairs = ratings
      .filter(({ userId }) => !added.has(userId))
      .map(({ userId, movieId }) => [userId, movieId] as const);
    if (pairs.length === 0) return ratings;
    const { rows } = await sql<{ a: number; b: number }>`
      select pairs.a, pairs.b from ${pairsTable(this.#database.engine, pairs)}
      join ratings on ratings.user_id = pairs.a and ratings.movie_id = pairs.b
    `.execute(db);
    const present = new Set(rows.map(({ a, b }) => `${a} ${b}`));
    return ratings.filter(({ userId, movieId }) => !present.has(`${userId} ${movieId}`));
  }
}

async function ensureUsers(
  db: Kysely<Tables>,
  known: ReadonlyMap<number, number>,
  lines: readonly RatingLine[],
): Promise<People> {
  const wanted = [...new Set(lines.map(({ userId }) => userId))];
  const ids = new Map(wanted.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? 0]] : [])));
  const unknown = wanted.filter((id) => !ids.has(id)).sort((a, b) => a - b);
  for (const [id, ourId] of await findUsers(db, unknown)) ids.set(id, ourId);
  const missing = unknown.filter((id) => !ids.has(id));
  const createdAt = Date.now();
  const rows = missing.map((id) => [usernameOf(id), usernameOf(id), createdAt]);
  await insertRows(db, { table: 'users', columns: ['username', 'name', 'created_at'] }, rows);
  const added = await findUsers(db, missing);
  return { ids: new Map([...ids, ...added]), added: new Set(added.values()) };
}

/** MovieLens people have neither names nor keys. */
function usernameOf(movieLensUserId: number): string {
  return `movielens-${movieLensUserId}`;
}

async function findUsers(db: Kysely<Tables>, movieLensUserIds: readonly number[]): Promise<Map<number, number>> {
  const idsByName = new Map(movieLensUserIds.map((id) => [usernameOf(id), id]));
  const found = new Map<number, number>();
  for (const part of inParts([...idsByName.keys()])) {
    const rows = await db.selectFrom('users').select(['id', 'username']).where('username', 'in', part).execute();
    for (const { id, username } of rows) found.set(idsByName.get(username ?? '') ?? 0, id);
  }
  return found;
}

function insertRatings(db: Kysely<Tables>, ratings: readonly NewRating[]): Promise<void> {
  const rows = ratings.map(({ userId, movieId, score, ratedAt }) => [userId, movieId, score, ratedAt, ratedAt]);
  return insertRows(db, { table: 'ratings', columns: ratingColumns }, rows);
}

async function adjustAggregates(db: Kysely<Tables>, ratings: readonly NewRating[]): Promise<void> {
  for (const part of inParts(sumByMovie(ratings), 100)) {
    const count = byId(part, (aggregate) => aggregate.count);
    const sum = byId(part, (aggregate) => aggregate.sum);
    const ids = part.map(({ movieId }) => movieId);
    await db.updateTable('movies').set(addToAggregate({ count, sum })).where('id', 'in', ids).execute();
  }
}

function sumByMovie(ratings: readonly NewRating[]): Aggregate[] {
  const aggregates = new Map<number, Aggregate>();
  for (const { movieId, score } of ratings) {
    const aggregate = aggregates.get(movieId) ?? { movieId, count: 0, sum: 0 };
    aggregate.count += 1;
    aggregate.sum += score;
    aggregates.set(movieId, aggregate);
  }
  return [...aggregates.values()].sort((a, b) => a.movieId - b.movieId);
}

function byId(aggregates: readonly Aggregate[], valueOf: (aggregate: Aggregate) => number): RawBuilder<unknown> {
  const cases = aggregates.map((aggregate) => sql`when ${aggregate.movieId} then ${valueOf(aggregate)}`);
  return sql`case id ${sql.join(cases, sql` `)} end`;
}
