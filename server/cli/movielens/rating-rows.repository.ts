import { type Kysely, sql } from 'kysely';
import type { Tables, Transaction } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import { inParts, insertRows, numbersTable } from '../../database/rows.js';
import { setAggregate } from '../../domain/ratings/rating-aggregate.repository.js';
import type { ImportedRating } from './rating-window.js';

/** What a film's ratings come to; of those it has, or of some that are added. */
interface Aggregate {
  count: number;
  /** Hundredths. */
  sum: number;
}

/** Aggregates by the film's id. */
export type Aggregates = ReadonlyMap<number, Readonly<Aggregate>>;

const columns = ['user_id', 'movie_id', 'score', 'created_at', 'updated_at'];

/** Inserts ratings of which some may be there; the unique index of user and film decides. */
export class RatingInserter {
  /** Whether the last ratings met some that were there, as those of a repeated import do: looking first costs less then. */
  #looksFirst = false;

  /** @param ratings of our users; each user and film at most once. @returns those that were not there */
  async insert(transaction: Transaction, ratings: readonly ImportedRating[]): Promise<ImportedRating[]> {
    const added: ImportedRating[] = [];
    for (const part of inParts(ratings)) added.push(...(await this.#insertPart(transaction, part)));
    return added;
  }

  async #insertPart(transaction: Transaction, ratings: readonly ImportedRating[]): Promise<readonly ImportedRating[]> {
    if (!this.#looksFirst && (await tryInsert(transaction.sql, ratings))) return ratings;
    const missing = await withoutPresent(transaction, ratings);
    this.#looksFirst = missing.length < ratings.length;
    await insertRatings(transaction.sql, missing);
    return missing;
  }
}

/** False when one of them was there: the statement has then done nothing, and the transaction goes on. */
async function tryInsert(db: Kysely<Tables>, ratings: readonly ImportedRating[]): Promise<boolean> {
  try {
    await insertRatings(db, ratings);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return false;
  }
}

function insertRatings(db: Kysely<Tables>, ratings: readonly ImportedRating[]): Promise<void> {
  const rows = ratings.map(({ userId, movieId, score, ratedAt }) => [userId, movieId, score, ratedAt, ratedAt]);
  return insertRows(db, { table: 'ratings', columns }, rows);
}

async function withoutPresent({ engine, sql: db }: Transaction, ratings: readonly ImportedRating[]) {
  const pairs = ratings.map(({ userId, movieId }) => [userId, movieId] as const);
  const { rows } = await sql<{ a: number; b: number }>`
    select numbers.a, numbers.b from ${numbersTable(engine, pairs)}
    join ratings on ratings.user_id = numbers.a and ratings.movie_id = numbers.b
  `.execute(db);
  const present = new Set(rows.map(({ a, b }) => `${a} ${b}`));
  return ratings.filter(({ userId, movieId }) => !present.has(`${userId} ${movieId}`));
}

/** Adds ratings to what they come to. */
export function addUp(aggregates: Map<number, Aggregate>, ratings: Iterable<ImportedRating>): void {
  for (const { movieId, score } of ratings) {
    const aggregate = aggregates.get(movieId);
    if (aggregate) {
      aggregate.count += 1;
      aggregate.sum += score;
    } else aggregates.set(movieId, { count: 1, sum: score });
  }
}

/** What these films have, read under the lock that every writer of their ratings takes, by id (ADR 0002). */
export async function lockAggregates(
  { engine, sql: db }: Transaction,
  movieIds: Iterable<number>,
): Promise<Aggregates> {
  const ids = [...new Set(movieIds)].sort((a, b) => a - b);
  const aggregates = new Map<number, Aggregate>();
  for (const part of inParts(ids)) {
    const films = db.selectFrom('movies').select(['id', 'rating_count', 'rating_sum']).where('id', 'in', part);
    // SQLite has one writer at a time, and this transaction is it.
    const rows = await (engine === 'sqlite' ? films : films.orderBy('id').forUpdate()).execute();
    for (const row of rows) aggregates.set(row.id, { count: row.rating_count, sum: Number(row.rating_sum) });
  }
  return aggregates;
}

/** Writes what locked films come to with what was added to them. */
export async function raiseAggregates(transaction: Transaction, present: Aggregates, added: Aggregates): Promise<void> {
  const raised = [...added].map(([id, { count, sum }]) => {
    const before = present.get(id) ?? { count: 0, sum: 0 };
    return [id, before.count + count, before.sum + sum] as const;
  });
  // Few enough to be one parameter of an everyday size.
  for (const part of inParts(raised)) await writeAggregates(transaction, part);
}

async function writeAggregates({ engine, sql: db }: Transaction, rows: readonly (readonly number[])[]): Promise<void> {
  const aggregates = numbersTable(engine, rows);
  const changes = Object.entries(setAggregate({ count: sql`numbers.b`, sum: sql`numbers.c` }));
  const assignments = sql.join(changes.map(([name, value]) => sql`${sql.ref(name)} = ${value}`));
  const update =
    engine === 'sqlite'
      ? sql`update movies set ${assignments} from ${aggregates} where movies.id = numbers.a`
      : sql`update ${aggregates} straight_join movies on movies.id = numbers.a set ${assignments}`;
  await update.execute(db);
}
