import { sql } from 'kysely';
import type { Database } from './database.js';

/**
 * Lets an account read and write the rows of this database, and nothing more: it cannot change a table. Safe to repeat,
 * and with another password it has that one from then on. Needs an account that may create others.
 *
 * @param account its name and password hold no quotes and no backslashes, because no server takes them as parameters
 */
export async function admit(
  { sql: database }: Database,
  account: { readonly user: string; readonly password: string },
): Promise<void> {
  const who = sql`${sql.lit(account.user)}@'%'`;
  const password = sql.lit(account.password);
  await sql`create user if not exists ${who} identified by ${password}`.execute(database);
  await sql`alter user ${who} identified by ${password}`.execute(database);
  const name = await sql<{ name: string }>`select database() as name`.execute(database);
  for (const row of name.rows) {
    // In a grant, these two would stand for other names as well.
    const schema = sql.id(row.name.replaceAll(/[_%]/g, String.raw`\$&`));
    await sql`grant select, insert, update, delete on ${schema}.* to ${who}`.execute(database);
  }
}
