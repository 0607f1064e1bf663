import type { MysqlPoolConnection, MysqlQueryResult } from 'kysely';
import type { Connection, PoolConnection } from 'mysql2';
import type { Availability } from './availability.js';
import { asUnavailable, isConnectionFault } from './faults.js';
import { graceMs, sessionSettings } from './mysql-session.js';
import type { Answer, Waits } from './waits.js';

export interface GuardOptions {
  readonly availability: Availability;
  readonly waits: Waits;
  /** For one statement; undefined: as long as it takes. */
  readonly statementTimeoutMs: number | undefined;
  /** Called when whoever worked with the connection does so no more. */
  readonly onReturn: () => void;
}

/** Kysely never gives back the connection of a transaction for which one of these failed. */
const endless = new Set(['begin', 'rollback']);

/**
 * A pooled connection whose statements come back in time. One whose answer did not come is never used again: nobody
 * knows what it is in the middle of.
 */
export class GuardedConnection implements MysqlPoolConnection {
  readonly #raw: PoolConnection;
  readonly #options: GuardOptions;
  #prepared = false;
  #lent = false;

  constructor(raw: PoolConnection, options: GuardOptions) {
    this.#raw = raw;
    this.#options = options;
  }

  get config(): object {
    return this.#raw.config;
  }

  get threadId(): number {
    return this.#raw.threadId ?? 0;
  }

  connect(callback?: (error: unknown) => void): void {
    this.#raw.connect(callback);
  }

  /** Gives the session its settings, once. */
  prepare(answer: Answer<void>): void {
    if (this.#prepared) return answer(undefined);
    const [next, ...rest] = sessionSettings(this.#options.statementTimeoutMs);
    const run = (statement: string | undefined): void => {
      if (statement === undefined) {
        this.#prepared = true;
        return answer(undefined);
      }
      this.query(statement, [], (error) => (error ? answer(error) : run(rest.shift())));
    };
    run(next);
  }

  /** Marks the connection as someone's, until it is released or destroyed. */
  lend(): void {
    this.#lent = true;
  }

  query(sql: string, parameters: unknown[], callback: (error: unknown, result: MysqlQueryResult) => void = () => {}) {
    const { availability, waits, statementTimeoutMs } = this.#options;
    const limitMs = statementTimeoutMs === undefined ? undefined : statementTimeoutMs + graceMs;
    const finish = waits.begin<MysqlQueryResult>(limitMs, (error, result) => {
      if (isConnectionFault(error) || (error && endless.has(sql))) this.destroy();
      else availability.answered();
      (callback as Answer<MysqlQueryResult>)(error, result); // as always with callbacks, there is a result unless there is an error
    });
    return this.#raw.query(sql, parameters, (error, result) => {
      if (isConnectionFault(error)) availability.suspect();
      finish(error && asUnavailable(error), result as MysqlQueryResult); // what the driver answers is what Kysely knows it to
    });
  }

  release(): void {
    this.#return();
    this.#raw.release();
  }

  destroy(): void {
    this.#return();
    hangUp(this.#raw);
  }

  #return(): void {
    if (this.#lent) this.#options.onReturn();
    this.#lent = false;
  }
}

/** Closes a connection at once: the driver alone would wait for the server to close it too, and one that hangs does not. */
export function hangUp(connection: Connection): void {
  connection.destroy();
  const { stream } = connection as unknown as { readonly stream?: { destroy(): void } }; // which the driver's types leave out
  stream?.destroy();
}
