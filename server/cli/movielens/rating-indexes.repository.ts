import { sql } from 'kysely';
import type { Transaction } from '../../database/database.js';

/** An index of SQLite, and the statement that made it. */
interface IndexDefinition {
  readonly name: string;
  readonly statement: string;
}

/**
 * Drops the indexes of SQLite's ratings that guard nothing, for the rest of the transaction: making one of all ratings at
 * its end is one sort, where keeping it writes to a page of it for each rating.
 *
 * @returns what `restoreIndexes` makes again
 */
export async function takeIndexes({ sql: db }: Transaction): Promise<IndexDefinition[]> {
  const { rows } = await sql<IndexDefinition>`
    select list.name, made.sql as statement from pragma_index_list('ratings') as list
    join sqlite_master as made on made.type = 'index' and made.name = list.name
    where list."unique" = 0 and list.origin = 'c'
  `.execute(db);
  for (const { name } of rows) await sql`drop index ${sql.ref(name)}`.execute(db);
  return rows;
}

/** Makes the indexes that `takeIndexes` dropped. */
export async function restoreIndexes({ sql: db }: Transaction, indexes: readonly IndexDefinition[]): Promise<void> {
  for (const { statement } of indexes) await sql.raw(statement).execute(db);
}
