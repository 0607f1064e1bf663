import { sql } from 'kysely';
import type { Database } from '../../server/database/database.js';
import { seedDemo } from '../../server/database/seeds/demo.seed.js';

/** Tables of the demo set, those that refer to others first. */
const tables = [
  'watchlist_items',
  'ratings',
  'movie_genres',
  'movies',
  'genres',
  'catalog_counts',
  'sessions',
  'api_keys',
  'users',
] as const;
const numberedByUse = ['watchlist_items', 'ratings'] as const;

/** Puts a database that holds the demo set back to it, so that the next new ids are the first free ones again. */
export async function restoreDemo(database: Database): Promise<void> {
  for (const table of tables) await database.sql.deleteFrom(table).execute();
  await seedDemo(database);
  for (const table of numberedByUse) {
    const restart =
      database.engine === 'mysql'
        ? sql`alter table ${sql.table(table)} auto_increment = 1`
        : sql`update sqlite_sequence set seq = (select max(id) from ${sql.table(table)}) where name = ${table}`;
    await restart.execute(database.sql);
  }
}

/** Everything that a request could have changed, to be compared. */
export async function readState(database: Database): Promise<unknown> {
  const [ratings, items, movies] = await Promise.all([
    database.sql.selectFrom('ratings').selectAll().orderBy('id').execute(),
    database.sql.selectFrom('watchlist_items').selectAll().orderBy('id').execute(),
    database.sql.selectFrom('movies').selectAll().orderBy('id').execute(),
  ]);
  return { ratings, items, movies };
}
