import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SqliteStatement } from 'kysely';
import { UnavailableError } from '../domain/errors.js';
import { isDiskFault, isLockFault } from './faults.js';

/** Prepared statements kept per connection; past it the least recently used one goes. */
const maxStatements = 500;
const returnsRows = /^\s*(select|pragma|explain|with|values)|\breturning\b/i;

/** The statements of one connection, prepared once and kept. */
export class StatementCache {
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
export function translating<T>(work: () => T): T {
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
