import { sql } from 'kysely';
import type { Database, Transaction } from '../../database/database.js';
import { restoreIndexes, takeIndexes } from './rating-indexes.repository.js';
import { type Aggregates, addUp, lockAggregates, RatingInserter, raiseAggregates } from './rating-rows.repository.js';
import type { ImportedRating, RatingWindow } from './rating-window.js';
import { UserImportRepository } from './user-import.repository.js';

/** What became of ratings and of those who gave them. */
export interface RatingOutcome {
  readonly added: number;
  readonly unchanged: number;
  readonly usersAdded: number;
}

/** Ratings per transaction: few enough that nobody waits for long. */
const transactionSize = 10_000;
/** Transactions at a time, where an engine runs more than one: each has films of its own, or waits. */
const lanes = { sqlite: 1, mysql: 4 };

/** Brings MovieLens ratings in, with the people who gave them and the aggregates of the films. */
export class RatingImportRepository {
  readonly #database: Database;
  readonly #users = new UserImportRepository();
  readonly #inserter = new RatingInserter();

  constructor(database: Database) {
    this.#database = database;
  }

  /** How many people have been met. */
  get userCount(): number {
    return this.#users.count;
  }

  /** The highest id that a rating has: at least how many there are, found without counting. */
  async findLastId(): Promise<number> {
    const query = this.#database.sql.selectFrom('ratings').select((eb) => eb.fn.max('id').as('last'));
    return (await query.executeTakeFirst())?.last ?? 0;
  }

  /**
   * Takes a window in many transactions: ratings that are missing, and what these add to their films. By film: a
   * transaction then writes few films and pages of indexes, where one in the file's order writes to most of them.
   *
   * @param window each user and film at most once
   */
  async store(window: RatingWindow): Promise<RatingOutcome> {
    const usersAdded = await this.#users.ensure(this.#database, window.findUsers());
    const batches = window.byFilm(transactionSize);
    let added = 0;
    const runLane = async () => {
      for (const batch of batches) {
        const count = await this.#storeBatch(this.#withUsers(batch));
        added += count; // not before: another lane adds meanwhile
      }
    };
    await Promise.all(Array.from({ length: lanes[this.#database.engine] }, runLane));
    return { added, unchanged: window.length - added, usersAdded };
  }

  /**
   * Takes all windows in one transaction, for which only the unique index is kept: the others are made again at its end,
   * which takes a small part of the time. There is all of it then, or nothing. Only where making an index is part of a
   * transaction, and as long as nobody else has to write: SQLite has one writer at a time.
   */
  async storeAtOnce(windows: AsyncIterable<RatingWindow>): Promise<RatingOutcome> {
    const outcome = await this.#database.transaction(async (transaction) => {
      const indexes = await takeIndexes(transaction);
      const result = await this.#storeWindows(transaction, windows);
      await restoreIndexes(transaction, indexes);
      if (result.added > 0) {
        const { added, unchanged } = result;
        await transaction.audit({ action: 'rating.import', subjectId: null, after: { added, unchanged } });
      }
      return result;
    });
    // The log is as large as the import now, and would stay so.
    await sql`pragma wal_checkpoint(truncate)`.execute(this.#database.sql);
    return outcome;
  }

  async #storeWindows(transaction: Transaction, windows: AsyncIterable<RatingWindow>): Promise<RatingOutcome> {
    const outcome = { added: 0, unchanged: 0, usersAdded: 0 };
    const aggregates: Parameters<typeof addUp>[0] = new Map();
    for await (const window of windows) {
      outcome.usersAdded += await this.#users.ensureWithin(transaction, window.findUsers());
      for (const batch of window.inOrder(transactionSize)) {
        const added = await this.#inserter.insert(transaction, this.#withUsers(batch));
        addUp(aggregates, added);
        outcome.added += added.length;
        outcome.unchanged += batch.length - added.length;
      }
    }
    await raiseAggregates(transaction, await lockAggregates(transaction, aggregates.keys()), aggregates);
    return outcome;
  }

  /** @param ratings of our users. @returns how many were added */
  #storeBatch(ratings: readonly ImportedRating[]): Promise<number> {
    return this.#database.transaction(async (transaction) => {
      // Films are locked first, as by every writer of ratings (ADR 0002).
      const present: Aggregates = await lockAggregates(
        transaction,
        ratings.map(({ movieId }) => movieId),
      );
      const added = await this.#inserter.insert(transaction, ratings);
      if (added.length === 0) return 0;
      const aggregates: Parameters<typeof addUp>[0] = new Map();
      addUp(aggregates, added);
      await raiseAggregates(transaction, present, aggregates);
      const outcome = { added: added.length, unchanged: ratings.length - added.length };
      await transaction.audit({ action: 'rating.import', subjectId: null, after: outcome });
      return added.length;
    });
  }

  #withUsers(ratings: readonly ImportedRating[]): ImportedRating[] {
    return ratings.map((rating) => ({ ...rating, userId: this.#users.idOf(rating.userId) }));
  }
}
