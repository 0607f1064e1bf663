import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import type { DatabaseLimits } from '../config/mysql.js';
import { UnavailableError } from '../domain/errors.js';
import type { Availability } from './availability.js';
import { GuardedConnection } from './mysql-connection.js';
import { type Answer, Waits } from './waits.js';

/** How long the end of the pool waits for the server's goodbyes. */
const endTimeoutMs = 1_000;

export interface MySqlPoolOptions {
  readonly connection: PoolOptions;
  readonly limits: DatabaseLimits;
  /** Whether to wait as long as it takes: for commands, whose statements may take minutes. */
  readonly patient: boolean;
  readonly availability: Availability;
}

/** What a pool is doing just now. */
export interface PoolState {
  /** Connections that someone works with. */
  readonly busy: number;
  /** How many wait for one. */
  readonly waiting: number;
}

/**
 * A pool of connections with bounds: how many there are, how many may wait for one, and for how long. Every statement
 * passes here, and whoever asks has the answer or, in time, an UnavailableError.
 */
export class MySqlPool implements MysqlPool {
  readonly #pool: Pool;
  readonly #options: MySqlPoolOptions;
  readonly #waits: Waits;
  readonly #guarded = new WeakMap<PoolConnection, GuardedConnection>();
  #busy = 0;
  #waiting = 0;

  constructor(options: MySqlPoolOptions) {
    this.#options = options;
    this.#waits = new Waits(options.availability);
    this.#pool = createPool({ ...options.connection, connectionLimit: options.limits.poolSize });
    this.#pool.on('connection', (connection: PoolConnection) => {
      // The server hung up on a connection that may have been idle.
      connection.on('error', () => options.availability.suspect());
    });
  }

  get state(): PoolState {
    return { busy: this.#busy, waiting: this.#waiting };
  }

  /** Fails with UnavailableError: the database is away, too many wait already, or this wait took too long. */
  getConnection(callback: (error: unknown, connection: MysqlPoolConnection) => void): void {
    const answer = callback as Answer<MysqlPoolConnection>; // as always with callbacks, there is a connection unless there is an error
    const refusal = this.#findRefusal();
    if (refusal) return answer(new UnavailableError({ cause: refusal }));
    const finish = this.#beginWait(answer);
    this.#pool.getConnection((error, raw) => {
      if (error) {
        this.#options.availability.suspect();
        finish(new UnavailableError({ cause: error }));
        return;
      }
      const connection = this.#guard(raw);
      connection.prepare((fault) => {
        if (!finish(fault, fault ? undefined : connection)) connection.release();
      });
    });
  }

  /** Hangs up; a server that does not say goodbye is not waited for. */
  end(callback: (error: unknown) => void): void {
    const timer = setTimeout(callback, endTimeoutMs);
    this.#pool.end((error) => {
      clearTimeout(timer);
      callback(error);
    });
  }

  #findRefusal(): unknown {
    const { limits, availability, patient } = this.#options;
    if (availability.away) return availability.away.reason;
    const full = this.#busy + this.#waiting >= limits.poolSize + limits.queueLimit;
    return full && !patient ? new Error(`${this.#waiting} wait for one of ${limits.poolSize} connections.`) : undefined;
  }

  #beginWait(answer: Answer<MysqlPoolConnection>) {
    const { limits, patient } = this.#options;
    this.#waiting += 1;
    return this.#waits.begin<GuardedConnection>(patient ? undefined : limits.acquireTimeoutMs, (error, connection) => {
      this.#waiting -= 1;
      if (connection) this.#busy += 1;
      connection?.lend();
      answer(error, connection);
    });
  }

  /** The same one for the same connection, by which Kysely knows it again. */
  #guard(raw: PoolConnection): GuardedConnection {
    const known = this.#guarded.get(raw);
    if (known) return known;
    const { availability, limits, patient } = this.#options;
    const guarded = new GuardedConnection(raw, {
      availability,
      waits: this.#waits,
      statementTimeoutMs: patient ? undefined : limits.statementTimeoutMs,
      onReturn: () => {
        this.#busy -= 1;
      },
    });
    this.#guarded.set(raw, guarded);
    return guarded;
  }
}
