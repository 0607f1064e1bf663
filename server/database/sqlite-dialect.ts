import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CompiledQuery, type QueryResult, SqliteDialect, type SqliteStatement } from 'kysely';
import { StatementCache, translating } from './sqlite-statements.js';
import { type OnStatement, timeStatement } from './statement-events.js';

// WAL with full sync: a commit that was acknowledged survives a killed process and a power cut.
const pragmas = ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'cache_size = -65536'];
/** How long a statement waits for another process's lock. That blocks the whole process, which only commands can afford. */
const busyTimeoutsMs = { command: 5_000, server: 50 };
/** A server's transactions are small, and what undoes them needs no file; a command may sort more than fits into memory. */
const serverPragmas = [`busy_timeout = ${busyTimeoutsMs.server}`, 'temp_store = memory'];

/** SQLite as the rest of the server uses it. */
export interface SqliteAccess {
  readonly dialect: SqliteDialect;
  /**
   * Reads at once, without the query builder's queue: nothing else can run meanwhile, and a statement prepared before is
   * met again. Undefined when that cannot be now, because a transaction is open or the file is not.
   */
  read(query: CompiledQuery): readonly unknown[] | undefined;
  /** Runs a statement at once, inside the transaction that is open. For whoever keeps everyone else off the file. */
  run(query: CompiledQuery): QueryResult<unknown>;
  /** Runs a statement that begins or ends a transaction, at once. */
  control(sql: string): void;
  /** Whether a transaction is open. */
  isOpen(): boolean;
  /** A number that is another one when another connection has committed since; undefined before the file is open. */
  foreignCommits(): number | undefined;
}

export interface SqliteOptions {
  /** Whether a statement may wait for long. */
  readonly patient: boolean;
  /** Called after each statement that does not pass through the query builder, which tells of its own. */
  readonly onStatement?: OnStatement | undefined;
}

interface OpenFile {
  readonly database: DatabaseSync;
  readonly statements: StatementCache;
  readonly foreignCommits: () => number;
}

/**
 * Access through Node's own `node:sqlite`; nothing is opened yet.
 *
 * Differs from MikroORM's in two ways that matter here: statements are prepared once and kept, and a transaction takes
 * the write lock when it begins, because a read that later turns into a write fails when another process wrote between.
 *
 * @param path file path, or `:memory:`
 */
export function createSqliteAccess(path: string, { patient, onStatement }: SqliteOptions): SqliteAccess {
  let opened: OpenFile | undefined;
  const dialect = new SqliteDialect({
    database: async () => {
      const database = open(path, patient);
      const statements = new StatementCache(database);
      const transaction = new TransactionGate(database, statements);
      const version = database.prepare('pragma data_version');
      opened = { database, statements, foreignCommits: () => Number(version.get()?.['data_version']) };
      return {
        prepare: (sql: string) => translating(() => transaction.prepare(sql)),
        close: () => {
          opened = undefined;
          database.close();
        },
      };
    },
  });
  const observed = <T>(query: CompiledQuery, work: (file: OpenFile) => T): T => {
    if (!opened) throw new Error(`${path} is not open.`);
    return observing(work.bind(undefined, opened), timeStatement(query, onStatement));
  };
  return {
    dialect,
    read: (query) => {
      if (!opened || opened.database.isTransaction) return undefined;
      return observed(query, ({ statements }) => statements.get(query.sql).all(query.parameters));
    },
    run: (query) => observed(query, ({ statements }) => execute(statements.get(query.sql), query.parameters)),
    control: (sql) => void observed(CompiledQuery.raw(sql), ({ statements }) => statements.get(sql).run([])),
    isOpen: () => opened?.database.isTransaction === true,
    foreignCommits: () => opened?.foreignCommits(),
  };
}

function execute(statement: SqliteStatement, parameters: readonly unknown[]): QueryResult<unknown> {
  if (statement.reader) return { rows: statement.all(parameters) };
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { rows: [], insertId: BigInt(lastInsertRowid), numAffectedRows: BigInt(changes) };
}

function observing<T>(work: () => T, tell: ReturnType<typeof timeStatement>): T {
  try {
    const result = translating(work);
    tell();
    return result;
  } catch (error) {
    tell({ error });
    throw error;
  }
}

function open(path: string, patient: boolean): DatabaseSync {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: busyTimeoutsMs.command });
  for (const pragma of patient ? pragmas : [...pragmas, ...serverPragmas]) database.exec(`pragma ${pragma}`);
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
