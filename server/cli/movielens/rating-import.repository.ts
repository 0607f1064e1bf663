import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import { inParts, insertRows, pairsTable } from '../../database/rows.js';
import { addToAggregate } from '../../domain/ratings/rating-aggregate.repository.js';

/** A rating of one of our films by a MovieLens person. */
export interface ImportedRating {
  /** MovieLens's. */
  readonly userId: number;
  /** Ours. */
  readonly movieId: number;
  /** Hundredths. */
  readonly score: number;
  /** Milliseconds since the epoch. */
  readonly ratedAt: number;
}

/** What became of a batch of ratings. */
export interface RatingOutcome {
  readonly added: number;
  readonly unchanged: number;
}

interface Aggregate {
  readonly movieId: number;
  count: number;
  sum: number;
}

const ratingColumns = ['user_id', 'movie_id', 'score', 'created_at', 'updated_at'];

/** Brings MovieLens ratings in, with the people who gave them and the aggregates of the films. */
export class RatingImportRepository {
  readonly #database: Database;
  /** Our ids by MovieLens id, of everyone met so far. */
  readonly #userIds = new Map<number, number>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** How many people have been met. */
  get userCount(): number {
    return this.#userIds.size;
  }

  /** Makes sure that these MovieLens people are users. @returns how many were added */
  async ensureUsers(movieLensIds: Iterable<number>): Promise<number> {
    const unknown = [...new Set(movieLensIds)].filter((id) => !this.#userIds.has(id)).sort((a, b) => a - b);
    if (unknown.length === 0) return 0;
    const { ids, added } = await this.#addUsers(unknown);
    // Only now: a transaction that is rolled back takes the people it added with it.
    for (const [movieLensId, id] of ids) this.#userIds.set(movieLensId, id);
    return added;
  }

  /**
   * Takes a batch in one transaction: ratings that are missing, and what these add to their films. Films are locked
   * first and by id, as every writer of ratings does (ADR 0002).
   *
   * @param ratings of users that `ensureUsers` was told of; each user and film at most once
   */
  store(ratings: readonly ImportedRating[]): Promise<RatingOutcome> {
    const translated = ratings.map((rating) => ({ ...rating, userId: this.#userIds.get(rating.userId) ?? 0 }));
    return this.#database.transaction(async ({ sql: db, audit }) => {
      await this.#lockMovies(db, translated);
      const missing = await this.#withoutPresent(db, translated);
      await insertRatings(db, missing);
      await adjustAggregates(db, missing);
      const outcome = { added: missing.length, unchanged: ratings.length - missing.length };
      if (missing.length > 0) await audit({ action: 'rating.import', subjectId: null, after: outcome });
      return outcome;
    });
  }

  async #addUsers(movieLensIds: readonly number[]): Promise<{ ids: Map<number, number>; added: number }> {
    try {
      return await this.#database.transaction(async ({ sql: db, audit }) => {
        const present = await findUsers(db, movieLensIds);
        const missing = movieLensIds.filter((id) => !present.has(id));
        await insertUsers(db, missing);
        if (missing.length > 0)
          await audit({ action: 'user.import', subjectId: null, after: { added: missing.length } });
        return { ids: new Map([...present, ...(await findUsers(db, missing))]), added: missing.length };
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Another import added some of them meanwhile; now they are found.
      return this.#addUsers(movieLensIds);
    }
  }

  async #lockMovies(db: Kysely<Tables>, ratings: readonly ImportedRating[]): Promise<void> {
    // SQLite has one writer at a time, and this transaction is it.
    if (this.#database.engine === 'sqlite') return;
    const ids = [...new Set(ratings.map(({ movieId }) => movieId))];
    await db.selectFrom('movies').select('id').where('id', 'in', ids).orderBy('id').forUpdate().execute();
  }

  async #withoutPresent(db: Kysely<Tables>, ratings: readonly ImportedRating[]): Promise<readonly ImportedRating[]> {
    const pairs = ratings.map(({ userId, movieId }) => [userId, movieId] as const);
    const { rows } = await sql<{ a: number; b: number }>`
      select pairs.a, pairs.b from ${pairsTable(this.#database.engine, pairs)}
      join ratings on ratings.user_id = pairs.a and ratings.movie_id = pairs.b
    `.execute(db);
    if (rows.length === 0) return ratings;
    const present = new Set(rows.map(({ a, b }) => `${a} ${b}`));
    return ratings.filter(({ userId, movieId }) => !present.has(`${userId} ${movieId}`));
  }
}

async function insertUsers(db: Kysely<Tables>, movieLensIds: readonly number[]): Promise<void> {
  const createdAt = Date.now();
  const rows = movieLensIds.map((id) => [usernameOf(id), usernameOf(id), createdAt]);
  await insertRows(db, { table: 'users', columns: ['username', 'name', 'created_at'] }, rows);
}

/** MovieLens people have neither names nor keys. */
function usernameOf(movieLensId: number): string {
  return `movielens-${movieLensId}`;
}

/** Our ids by MovieLens id, of those who are users. */
async function findUsers(db: Kysely<Tables>, movieLensIds: readonly number[]): Promise<Map<number, number>> {
  const idsByName = new Map(movieLensIds.map((id) => [usernameOf(id), id]));
  const found = new Map<number, number>();
  for (const part of inParts([...idsByName.keys()])) {
    const rows = await db.selectFrom('users').select(['id', 'username']).where('username', 'in', part).execute();
    for (const { id, username } of rows) found.set(idsByName.get(username ?? '') ?? 0, id);
  }
  return found;
}

function insertRatings(db: Kysely<Tables>, ratings: readonly ImportedRating[]): Promise<void> {
  const rows = ratings.map(({ userId, movieId, score, ratedAt }) => [userId, movieId, score, ratedAt, ratedAt]);
  return insertRows(db, { table: 'ratings', columns: ratingColumns }, rows);
}

async function adjustAggregates(db: Kysely<Tables>, ratings: readonly ImportedRating[]): Promise<void> {
  for (const part of inParts(sumByMovie(ratings), 100)) {
    const count = byId(part, (aggregate) => aggregate.count);
    const sum = byId(part, (aggregate) => aggregate.sum);
    const ids = part.map(({ movieId }) => movieId);
    await db.updateTable('movies').set(addToAggregate({ count, sum })).where('id', 'in', ids).execute();
  }
}

function sumByMovie(ratings: readonly ImportedRating[]): Aggregate[] {
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
