import type { Database } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import type { Claim, IdempotentRequest } from './idempotency.types.js';

/** How long an answer is kept. */
const retentionMs = 24 * 60 * 60 * 1000;
/** How long a request may take; one that takes longer is taken for lost with its process. */
const lockMs = 60_000;

/** Answers to requests that may come again, for every process of the service. */
export class IdempotencyRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Says whose turn it is; of several that ask at once the primary key lets one work the request out. */
  async claim({ id, fingerprint }: IdempotentRequest): Promise<Claim> {
    const now = Date.now();
    await this.#forgetSome(now);
    if (await this.#insert({ id, fingerprint }, now)) return { kind: 'claimed' };
    const query = this.#database.sql.selectFrom('idempotency_keys').selectAll().where('id', '=', id);
    const known = await query.executeTakeFirst();
    if (!known) return { kind: 'inProgress' };
    if (known.expires_at > now && known.fingerprint !== fingerprint) return { kind: 'otherRequest' };
    if (known.expires_at > now && known.answer !== null) return { kind: 'answered', answer: known.answer };
    return (await this.#takeOver({ id, fingerprint }, known.locked_until, now))
      ? { kind: 'claimed' }
      : { kind: 'inProgress' };
  }

  /** Keeps the answer of a request that was claimed. */
  async finish(id: string, answer: string): Promise<void> {
    const update = this.#database.sql.updateTable('idempotency_keys').set({ answer }).where('id', '=', id);
    await this.#database.retrying(() => update.execute());
  }

  /** Gives a claim back: what was asked did not happen, and may be asked again. */
  async release(id: string): Promise<void> {
    const removal = this.#database.sql.deleteFrom('idempotency_keys').where('id', '=', id).where('answer', 'is', null);
    await this.#database.retrying(() => removal.execute());
  }

  async #insert({ id, fingerprint }: IdempotentRequest, now: number): Promise<boolean> {
    const row = { id, fingerprint, answer: null, locked_until: now + lockMs, expires_at: now + retentionMs };
    try {
      await this.#database.retrying(() => this.#database.sql.insertInto('idempotency_keys').values(row).execute());
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return false;
    }
  }

  /** Takes a claim that ran out without an answer, or whose answer is too old, if nobody else just did. */
  async #takeOver({ id, fingerprint }: IdempotentRequest, lockedUntil: number, now: number): Promise<boolean> {
    const update = this.#database.sql
      .updateTable('idempotency_keys')
      .set({ fingerprint, answer: null, locked_until: now + lockMs, expires_at: now + retentionMs })
      .where('id', '=', id)
      .where('locked_until', '=', lockedUntil)
      .where('locked_until', '<', now);
    const { numUpdatedRows } = await this.#database.retrying(() => update.executeTakeFirstOrThrow());
    return numUpdatedRows > 0n;
  }

  /** Every now and then forgets what is too old: one in a hundred requests does it for the others. */
  async #forgetSome(now: number): Promise<void> {
    if (Math.random() >= 0.01) return;
    const removal = this.#database.sql.deleteFrom('idempotency_keys').where('expires_at', '<', now);
    await this.#database.retrying(() => removal.execute());
  }
}
