import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteStatement } from 'kysely';
import { UnavailableError } from '../domain/errors.js';
import { isDiskFault, isLockFault } from './faults.js';

/** Prepared statements kept per connection; past it the least recently used one goes. */
const maxStatements = 500;
/**
 * A limit that is a parameter and nothing else: SQLite plans for the number that is bound to it, and so compiles the
 * statement anew at every run. A sum is worked out by the statement itself.
 */
const boundLimit = /\blimit \?(?!\+)/gi;
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
    const statement = this.#database.prepare(sql.replace(boundLimit, '$&+0'));
    const reader = returnsRows.test(sql);
    // Its own objects have no shape that V8 knows: they take half as long again to make, and longer to read.
    if (reader) statement.setReturnArrays(true);
    const toRow = reader ? rowMaker(statement) : (row: unknown) => row;
    return {
      reader,
      all: (parameters) => translating(() => statement.all(...bind(parameters)).map(toRow)),
      run: (parameters) => translating(() => statement.run(...bind(parameters))),
      iterate: (parameters) => mapEach(statement.iterate(...bind(parameters)), toRow),
    };
  }
}

function* mapEach<From, To>(items: Iterable<From>, change: (item: From) => To): IterableIterator<To> {
  for (const item of items) yield change(item);
}

/** Makes an object of the values of a row. */
function rowMaker(statement: StatementSync): (values: unknown) => unknown {
  let names = statement.columns().map(({ name }) => name);
  return (values) => {
    const list = values as readonly unknown[]; // the statement returns arrays
    // A migration may have added columns to a table that the statement reads all of.
    if (list.length !== names.length) names = statement.columns().map(({ name }) => name);
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) row[names[index] as string] = list[index]; // as many as there are
    return row;
  };
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
