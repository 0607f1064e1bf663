import { setTimeout as sleep } from 'node:timers/promises';
import { type AbstractSqlDriver, MikroORM } from '@mikro-orm/sql';
import type { CompiledQuery, Kysely, LogEvent, QueryResult } from 'kysely';
import type { DatabaseConfig } from '../config/database.js';
import type { AuditedChange } from '../domain/audit-log/audit-entry.types.js';
import { UnavailableError } from '../domain/errors.js';
import { noteChanges } from '../domain/request-context.js';
import { insertAuditEntry } from './audit-log.js';
import type { Availability } from './availability.js';
import { type DataWatch, StatementReporter } from './data-watch.js';
import { isLockFault } from './faults.js';
import { createOrmOptions } from './mikro-orm.config.js';
import type { MySqlAccess } from './mysql-dialect.js';
import type { PoolState } from './mysql-pool.js';
import { SharedCommits } from './sqlite-commits.js';
import { createSqliteAccess, type SqliteAccess } from './sqlite-dialect.js';
import {
  type CompiledStatement,
  compileStatement,
  type RunStatement,
  type Statement,
  type StatementInput,
  toLists,
  withValues,
} from './statement.js';
import type { OnStatement } from './statement-events.js';
import type { Tables } from './tables.js';
import { createFindTouched } from './touched-tables.js';

export type { DataWatch, Touch } from './data-watch.js';
export type { Tables } from './tables.js';

/** What a transaction's work is given: SQL inside the transaction. */
export interface Transaction {
  readonly engine: DatabaseConfig['engine'];
  readonly sql: Kysely<Tables>;
  /** Runs a prepared statement. */
  readonly run: RunStatement;
  /**
   * Writes into the audit log what this transaction changes: there if the transaction is committed, and only then. Every
   * repository method that writes something of someone's has a line with it (docs/observability.md).
   */
  readonly audit: (change: AuditedChange) => Promise<void>;
}

interface DatabaseParts {
  readonly orm: MikroORM<AbstractSqlDriver>;
  readonly mysql: MySqlAccess | undefined;
  readonly sqlite: SqliteAccess | undefined;
  readonly watch: DataWatch | undefined;
  readonly reporter: StatementReporter | undefined;
}

/** Runs a transaction: what `work` is given is inside of it. */
type RunTransaction = <T>(work: (sql: Kysely<Tables>, run: RunStatement) => Promise<T>) => Promise<T>;

/** For how long the victim of a deadlock or a lock wait is run again before its caller hears of it. */
const [patienceMs, patientPatienceMs] = [5_000, 120_000];
/** The longest pause before it is. */
const maxPauseMs = 100;

/** Whether the database can serve: it answers, and has every migration. */
export type Readiness = 'ready' | 'databaseAway' | 'migrationsPending';

/** One open database, whichever engine it is. */
export class Database {
  readonly engine: DatabaseConfig['engine'];
  readonly orm: MikroORM<AbstractSqlDriver>;
  /** Reads outside any transaction. */
  readonly sql: Kysely<Tables>;
  /** Whether it is there; undefined when it is embedded, and cannot be elsewhere. */
  readonly availability: Availability | undefined;
  readonly #mysql: MySqlAccess | undefined;
  readonly #sqlite: SqliteAccess | undefined;
  readonly #runTransaction: RunTransaction;
  readonly #watch: DataWatch | undefined;
  readonly #reporter: StatementReporter | undefined;
  readonly #statements = new Map<unknown, CompiledStatement>();
  readonly #patienceMs: number;
  #migrated = false;

  private constructor(config: DatabaseConfig, { orm, mysql, sqlite, watch, reporter }: DatabaseParts) {
    this.engine = config.engine;
    this.orm = orm;
    this.#sqlite = sqlite;
    this.#watch = watch;
    this.#reporter = reporter;
    this.sql = orm.em.fork().getKysely<Tables>();
    this.availability = mysql?.availability;
    this.#mysql = mysql;
    this.#runTransaction = sqlite ? this.#sharing(sqlite) : this.#alone;
    this.#patienceMs = config.patient ? patientPatienceMs : patienceMs;
  }

  /**
   * Prepares access to the database; MySQL is first connected to when it is first asked something.
   *
   * @param onStatement called after each statement; for tests and metrics that count them
   * @param watch told of what is read and changed
   */
  static async open(config: DatabaseConfig, onStatement?: OnStatement, watch?: DataWatch): Promise<Database> {
    const reporter = watch && new StatementReporter(watch);
    const observe = (event: LogEvent) => {
      reporter?.report(event);
      onStatement?.(event);
    };
    const observer = reporter ? observe : onStatement;
    const mysql = config.engine === 'mysql' ? await openMySql(config, observer) : undefined;
    const sqlite =
      config.engine === 'sqlite'
        ? createSqliteAccess(config.path, { patient: config.patient === true, onStatement: observer })
        : undefined;
    const dialect = mysql?.dialect ?? sqlite?.dialect;
    const orm = await MikroORM.init(await createOrmOptions(config, observer, dialect));
    reporter?.learn(createFindTouched(orm));
    return new Database(config, { orm, mysql, sqlite, watch, reporter });
  }

  /**
   * A number that is another one when someone else, over a connection of their own, has committed since; undefined where
   * the database does not tell.
   */
  get foreignCommits(): number | undefined {
    return this.#sqlite?.foreignCommits();
  }

  /** What the pool of connections is doing; undefined when the database is embedded, and has one. */
  get pool(): PoolState | undefined {
    return this.#mysql?.pool.state;
  }

  /** The rows of a statement that reads, outside any transaction. */
  async all<Input extends StatementInput, Row>(statement: Statement<Input, Row>, input: Input): Promise<Row[]> {
    const query = withValues(this.#compiled(statement), input);
    const rows = await this.#read(query);
    this.#reporter?.reportRows(query, rows);
    return rows as Row[]; // as the statement's query says
  }

  /** The first row of a statement that reads, outside any transaction. */
  async first<Input extends StatementInput, Row>(
    statement: Statement<Input, Row>,
    input: Input,
  ): Promise<Row | undefined> {
    return (await this.all(statement, input))[0];
  }

  /**
   * The rows for any number of ids: the statement takes as many as its key says, under the names of `listPlaces`.
   *
   * @param shared what else it takes
   */
  async allOf<Row>(
    statementOf: (length: number) => Statement<Record<string, number>, Row>,
    ids: readonly number[],
    shared: Readonly<Record<string, number>> = {},
  ): Promise<Row[]> {
    const lists = toLists(ids);
    const rows = await Promise.all(
      lists.map(({ length, input }) => this.all(statementOf(length), { ...input, ...shared })),
    );
    return rows.length === 1 ? (rows[0] ?? []) : rows.flat();
  }

  /**
   * Runs `work` in one transaction. A victim of a deadlock or a lock timeout is run again from its start, so `work`
   * must do nothing but database work.
   *
   * @throws UnavailableError when the database cannot be reached, or the locks stay contended
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.retrying(async () => {
      const changes: AuditedChange[] = [];
      const result = await this.#runTransaction((sql, run) => {
        const audit = async (change: AuditedChange) => {
          await insertAuditEntry(run, change);
          changes.push(change);
        };
        return work({ engine: this.engine, sql, run, audit });
      });
      noteChanges(changes);
      return result;
    });
  }

  /**
   * Runs one statement that is its own transaction, again when it was the victim of a deadlock or a lock timeout.
   *
   * @throws UnavailableError as `transaction`
   */
  retrying<T>(work: () => Promise<T>): Promise<T> {
    const patiently = () => this.#retry(work);
    return this.#watch ? this.#watch.whileChanging(patiently) : patiently();
  }

  async #retry<T>(work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#patienceMs;
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        // Only a lock's victim is known to have done nothing: what became of a lost commit nobody knows.
        if (!isLockFault(error)) throw error;
        if (performance.now() > deadline) throw new UnavailableError({ cause: error });
        await sleep(Math.random() * Math.min(10 * 2 ** attempt, maxPauseMs));
      }
    }
  }

  /** Asks the database whether it can serve. Never throws. */
  async findReadiness(): Promise<Readiness> {
    try {
      if (this.availability && !(await this.availability.check())) return 'databaseAway';
      // Migrations are only ever added, and by the release that brings them.
      this.#migrated ||= (await this.orm.migrator.getPending()).length === 0;
      return this.#migrated ? 'ready' : 'migrationsPending';
    } catch {
      return 'databaseAway';
    }
  }

  async close(): Promise<void> {
    this.availability?.stop();
    this.#mysql?.pool.closePipelines();
    await this.orm.close(true);
  }

  async #read(query: CompiledQuery): Promise<readonly unknown[]> {
    const rows = this.#sqlite?.read(query) ?? this.#mysql?.pool.read(query);
    return rows ?? (await this.sql.executeQuery(query)).rows;
  }

  /** One connection and one transaction for each. */
  readonly #alone: RunTransaction = (work) =>
    this.sql.transaction().execute((sql) => {
      const run: RunStatement = <Input extends StatementInput, Row>(statement: Statement<Input, Row>, input: Input) =>
        sql.executeQuery<Row>(withValues(this.#compiled(statement), input));
      return work(sql, run);
    });

  #sharing(sqlite: SqliteAccess): RunTransaction {
    const commits = new SharedCommits({
      control: (sql) => sqlite.control(sql),
      isOpen: () => sqlite.isOpen(),
      alone: (work) => this.sql.connection().execute(work),
    });
    const run: RunStatement = async <Input extends StatementInput, Row>(
      statement: Statement<Input, Row>,
      input: Input,
    ) => sqlite.run(withValues(this.#compiled(statement), input)) as QueryResult<Row>; // as the statement's query says
    return (work) => commits.run((sql) => work(sql, run));
  }

  #compiled<Input extends StatementInput, Row>(statement: Statement<Input, Row>): CompiledStatement {
    const known = this.#statements.get(statement);
    if (known) return known;
    const compiled = compileStatement(this.sql, statement);
    this.#statements.set(statement, compiled);
    return compiled;
  }
}

/** The driver is loaded by those who use it. */
async function openMySql(
  config: Extract<DatabaseConfig, { engine: 'mysql' }>,
  onStatement: OnStatement | undefined,
): Promise<MySqlAccess> {
  return (await import('./mysql-dialect.js')).createMySqlAccess(config, onStatement);
}
