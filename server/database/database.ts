import { setTimeout as sleep } from 'node:timers/promises';
import { type AbstractSqlDriver, type InferKyselyDB, MikroORM, type SqlEntityManager } from '@mikro-orm/sql';
import type { Kysely, LogEvent } from 'kysely';
import type { DatabaseConfig } from '../config.js';
import { UnavailableError } from '../domain/errors.js';
import type { entities } from './entities.js';
import { isLockFault } from './faults.js';
import { createOrmOptions } from './mikro-orm.config.js';

/** The tables as Kysely sees them: column names as stored. */
export type Tables = InferKyselyDB<(typeof entities)[number]>;

/** What a transaction's work is given: the unit of work, and plain SQL inside the same transaction. */
export interface Transaction {
  readonly em: SqlEntityManager;
  readonly sql: Kysely<Tables>;
}

/** How often a transaction that lost a deadlock or a lock wait is run again before its caller hears of it. */
const maxAttempts = 8;

/** One open database, whichever engine it is. */
export class Database {
  readonly engine: DatabaseConfig['engine'];
  readonly orm: MikroORM<AbstractSqlDriver>;
  /** Reads outside any transaction. */
  readonly sql: Kysely<Tables>;

  private constructor(engine: DatabaseConfig['engine'], orm: MikroORM<AbstractSqlDriver>) {
    this.engine = engine;
    this.orm = orm;
    this.sql = orm.em.fork().getKysely<Tables>();
  }

  /**
   * Prepares access to the database; MySQL is first connected to when it is first asked something.
   *
   * @param onStatement called after each statement; for tests and metrics that count them
   */
  static async open(config: DatabaseConfig, onStatement?: (event: LogEvent) => void): Promise<Database> {
    const orm = await MikroORM.init(createOrmOptions(config, onStatement));
    return new Database(config.engine, orm);
  }

  /**
   * Runs `work` in one transaction. A victim of a deadlock or a lock timeout is run again from its start, so `work`
   * must do nothing but database work.
   *
   * @throws UnavailableError when the database cannot be reached, or the locks stay contended
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.retrying(() => this.orm.em.fork().transactional((em) => work({ em, sql: em.getKysely<Tables>() })));
  }

  /**
   * Runs one statement that is its own transaction, again when it was the victim of a deadlock or a lock timeout.
   *
   * @throws UnavailableError as `transaction`
   */
  async retrying<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (!isLockFault(error)) throw error;
        if (attempt === maxAttempts) throw new UnavailableError({ cause: error });
        await sleep(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  /** Whether the database answers and has every migration. Never throws. */
  async isReady(): Promise<boolean> {
    try {
      return (await this.orm.migrator.getPending()).length === 0;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    await this.orm.close(true);
  }
}
