import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { SqliteDialect, type SqliteStatement } from 'kysely';

/** Prepared statements kept per connection; past it the least recently used one goes. */
const maxStatements = 500;
const returnsRows = /^\s*(select|pragma|explain|with|values)|\breturning\b/i;
// WAL with full sync: a commit that was acknowledged survives a killed process and a power cut.
const pragmas = ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on', 'cache_size = -65536'];

/**
 * Kysely dialect over Node's own `node:sqlite`.
 *
 * Differs from MikroORM's in two ways that matter here: statements are prepared once and kept, and a transaction takes
 * the write lock when it begins, because a read that later turns into a write fails when another process wrote between.
 *
 * @param path file path, or `:memory:`
 */
export function createSqliteDialect(path: string): SqliteDialect {
  return new SqliteDialect({
    database: async () => {
      const database = new DatabaseSync(path, { timeout: 5000 });
      for (const pragma of pragmas) database.exec(`pragma ${pragma}`);
      const statements = new StatementCache(database);
      return {
        prepare: (sql: string) => statements.get(sql === 'begin' ? 'begin immediate' : sql),
        close: () => database.close(),
      };
    },
  });
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
      all: (parameters) => statement.all(...bind(parameters)),
      run: (parameters) => statement.run(...bind(parameters)),
      iterate: (parameters) => statement.iterate(...bind(parameters)),
    };
  }
}

function bind(parameters: readonly unknown[]): SQLInputValue[] {
  return parameters.map((value) => {
    if (typeof value === 'boolean') return value ? 1 : 0;
    // node:sqlite itself refuses, by name, whatever SQLite has no type for.
    return (value ?? null) as SQLInputValue;
  });
}
