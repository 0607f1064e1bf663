import { CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, Tables } from './database.js';

/**
 * Rows per statement, tried from the left. Few sizes make few statement texts, so a prepared statement is met again
 * instead of filling the cache; the largest, times the columns of any table, stays below SQLite's 32,766 parameters.
 */
const statementSizes = [1000, 100, 10, 1] as const;

/** Cuts a list into parts of few different lengths; see `statementSizes`. */
export function* inParts<T>(items: readonly T[], largest: (typeof statementSizes)[number] = 1000): Generator<T[]> {
  let start = 0;
  for (const size of statementSizes.filter((candidate) => candidate <= largest)) {
    for (; items.length - start >= size; start += size) yield items.slice(start, start + size);
  }
}

/**
 * Inserts many rows with few statements. The text is put together here because a query builder's tree of a thousand
 * rows costs more than their insertion.
 *
 * @param columns names as stored; never from outside
 * @param rows values in the order of the columns
 */
export async function insertRows(
  db: Kysely<Tables>,
  { table, columns }: { readonly table: keyof Tables; readonly columns: readonly string[] },
  rows: readonly (readonly unknown[])[],
): Promise<void> {
  const row = `(${columns.map(() => '?').join(', ')})`;
  for (const part of inParts(rows)) {
    const text = `insert into ${table} (${columns.join(', ')}) values ${part.map(() => row).join(', ')}`;
    await db.executeQuery(CompiledQuery.raw(text, part.flat()));
  }
}

/** Rows of up to three whole numbers as a table `numbers` with the columns `a`, `b` and `c`: one parameter for all of them. */
export function numbersTable(engine: Database['engine'], rows: readonly (readonly number[])[]): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  return engine === 'sqlite'
    ? sql`(select value ->> 0 as a, value ->> 1 as b, value ->> 2 as c from json_each(${json})) as numbers`
    : sql`json_table(${json}, '$[*]' columns (
        a bigint path '$[0]', b bigint path '$[1]', c bigint path '$[2]')) as numbers`;
}
