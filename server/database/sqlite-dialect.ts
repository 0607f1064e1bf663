import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { type CompiledQuery, SqliteDialect, type SqliteStatement } from 'kysely';
import { UnavailableError } from '../domain/errors.js';
import { isDiskFault, isLockFault } from './faults.js';

/** Prepared statements kept per connection; past it the least recently used one goes. */
const maxStatements = 500;
const returnsRows = /^\s*(select|pragma|explain|with|values)|\breturning\b/i;
// WAL with full sync: a commit that was acknowledged survives a killed process and a power cut.
const pragmas = ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'cache_size = -65536'];
/** How long a statement waits for another process's lock. That blocks the whole process, which only commands can afford. */
const busyTimeoutsMs = { command: 5_000, server: 50 };

/** SQLite as the rest of the server uses it. */
export interface SqliteAccess {
  readonly dialect: SqliteDialect;
  /**
   * Reads at once, without the query builder's queue: nothing else can run meanwhile, and a statement prepared before is
   * met again. Undefined when that cannot be now, because a transaction is open or the file is not.
   */
  read(query: CompiledQuery): readonly unknown[] | undefined;
}

/**
 * Access through Node's own `node:sqlite`; nothing is opened yet.
 *
 * Differs from MikroORM's in two ways that matter here: statements are prepared once and kept, and a transaction takes
 * the write lock when it begins, because a read that later turns into a write fails when another process wrote between.
 *
 * @param path file path, or `:memory:`
 * @param patient whether a statement may wait for long
 */
export function createSqliteAccess(path: string, patient: boolean): SqliteAccess {
  let opened: { readonly database: DatabaseSync; readonly statements: StatementCache } | undefined;
  const dialect = new SqliteDialect({
    database: async () => {
      const database = open(path, patient);
      const statements = new StatementCache(database);
      const transaction = new TransactionGate(database, statements);
      opened = { database, statements };
      return {
        prepare: (sql: string) => translating(() => transaction.prepare(sql)),
        close: () => {
          opened = undefined;
          database.close();
        },
      };
    },
  });
  return {
    dialect,
    read: ({ sql, parameters }) => {
      const { database, statements } = opened ?? {};
      if (!statements || database?.isTransaction) return undefined;
      return translating(() => statements.get(sql).all(parameters));
    },
  };
}

function open(path: string, patient: boolean): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: busyTimeoutsMs.command });
  for (const pragma of pragmas) database.exec(`pragma ${pragma}`);
  if (!patient) database.exec(`pragma busy_timeout = ${busyTimeoutsMs.server}`);
  return database;
}

/**
 * Lets a transaction that could not begin fail with its first statement instead: Kysely never gives back the connection
 * of one whose `begin` or `rollback` failed, and there is but one.
 */
class TransactionGate {
  readonly #database: DatabaseSync;
  readonly #statements: StatementCache;
  #fault: Error | undefined;

  constructor(database: DatabaseSync, statements: StatementCache) {
    this.#database = database;
    this.#statements = statements;
  }

  prepare(sql: string): SqliteStatement {
    if (sql === 'begin') return control(() => this.#begin());
    if (sql === 'rollback') return control(() => this.#rollback());
    if (this.#fault) throw this.#fault;
    return this.#statements.get(sql);
  }

  #begin(): void {
    try {
      this.#database.exec('begin immediate');
    } catch (error) {
      this.#fault = error as Error; // node:sqlite throws nothing else
    }
  }

  #rollback(): void {
    this.#fault = undefined;
    // A full disk, among others, has rolled back already.
    if (this.#database.isTransaction) this.#database.exec('rollback');
  }
}

function control(work: () => void): SqliteStatement {
  const run = () => {
    work();
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, run, all: () => [], iterate: () => [].values() };
}

class StatementCache {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  get(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    // A Map iterates in insertion order: taking the entry out and putting it back makes it the most recently used.
    if (known) this.#statements.delete(sql);
    const statement = known ?? this.#prepare(sql);
    this.#statements.set(sql, statement);
    if (this.#statements.size > maxStatements) this.#dropOldest();
    return statement;
  }

  #dropOldest(): void {
    const oldest = this.#statements.keys().next();
    if (!oldest.done) this.#statements.delete(oldest.value);
  }

  #prepare(sql: string): SqliteStatement {
    const statement = this.#database.prepare(sql);
    return {
      reader: returnsRows.test(sql),
      all: (parameters) => translating(() => statement.all(...bind(parameters))),
      run: (parameters) => translating(() => statement.run(...bind(parameters))),
      iterate: (parameters) => statement.iterate(...bind(parameters)),
    };
  }
}

/** What may be gone when the request comes again is an UnavailableError: another process's lock, or a full disk. */
function translating<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isLockFault(error) || isDiskFault(error) ? new UnavailableError({ cause: error }) : error;
  }
}

function bind(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    // node:sqlite itself refuses, by name, whatever SQLite has no type for.
    return (value ?? null) as SQLInputValue;
  });
}
