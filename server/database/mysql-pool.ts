import type { CompiledQuery, MysqlPool, MysqlPoolConnection } from 'kysely';
import { createPool, type Pool, type PoolConnection, type PoolOptions } from 'mysql2';
import type { DatabaseLimits, MySqlConfig } from '../config/mysql.js';
import { UnavailableError } from '../domain/errors.js';
import type { Availability } from './availability.js';
import { GuardedConnection } from './mysql-connection.js';
import { Pipelines } from './mysql-pipelines.js';
import type { OnStatement } from './statement-events.js';
import { type Answer, Waits } from './waits.js';

/** How long the end of the pool waits for the server's goodbyes. */
const endTimeoutMs = 1_000;

export interface MySqlPoolOptions {
  readonly address: Omit<MySqlConfig, 'engine' | 'limits'>;
  /** The address in the words of `mysql2`, and how its connections behave. */
  readonly connection: PoolOptions;
  readonly limits: DatabaseLimits;
  /** Whether to wait as long as it takes: for commands, whose statements may take minutes. */
  readonly patient: boolean;
  readonly availability: Availability;
  /** Called after each statement of `read`; the query builder tells of the others. */
  readonly onStatement: OnStatement | undefined;
}

/** What a pool is doing just now. */
export interface PoolState {
  /** Connections that someone works with. */
  readonly busy: number;
  /** How many wait for one, or behind another on one. */
  readonly waiting: number;
}

/**
 * A pool of connections with bounds: how many there are, how many may wait for one, and for how long. Every statement
 * passes here, and whoever asks has the answer or, in time, an UnavailableError. Some of the connections are pipelines.
 */
export class MySqlPool implements MysqlPool {
  readonly #pool: Pool;
  readonly #options: MySqlPoolOptions;
  readonly #waits: Waits;
  readonly #pipelines: Pipelines | undefined;
  readonly #guarded = new WeakMap<PoolConnection, GuardedConnection>();
  #busy = 0;
  #waiting = 0;

  constructor(options: MySqlPoolOptions) {
    this.#options = options;
    this.#waits = new Waits(options.availability);
    this.#pipelines = this.#createPipelines();
    const { poolSize, pipelines } = options.limits;
    const connectionLimit = this.#pipelines ? poolSize - pipelines : poolSize;
    this.#pool = createPool({ ...options.connection, connectionLimit });
    this.#pool.on('connection', (connection: PoolConnection) => {
      // The server hung up on a connection that may have been idle.
      connection.on('error', () => options.availability.suspect());
    });
  }

  get state(): PoolState {
    const { busy, waiting } = this.#pipelines?.state ?? { busy: 0, waiting: 0 };
    return { busy: this.#busy + busy, waiting: this.#waiting + waiting };
  }

  /** The rows of a statement that only reads, and is over soon; undefined where it has to go the way of all others. */
  read(query: CompiledQuery): Promise<readonly unknown[]> | undefined {
    return this.#isFull() ? undefined : this.#pipelines?.read(query);
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

  /** Ends the pipelines at once. */
  closePipelines(): void {
    this.#pipelines?.close();
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
    if (patient || !this.#isFull()) return undefined;
    return new Error(`${this.state.waiting} wait for one of ${limits.poolSize} connections.`);
  }

  #isFull(): boolean {
    const { poolSize, queueLimit } = this.#options.limits;
    return this.#busy + this.#waiting + (this.#pipelines?.underWay ?? 0) >= poolSize + queueLimit;
  }

  #createPipelines(): Pipelines | undefined {
    const { address, limits, patient, availability, onStatement } = this.#options;
    if (patient || limits.pipelines === 0) return undefined;
    const { statementTimeoutMs, pipelines: count } = limits;
    return new Pipelines({ address, statementTimeoutMs, availability, waits: this.#waits, count, onStatement });
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
