import { sql } from 'kysely';
import type { Database } from '../../server/database/database.js';
import { seedDemo } from '../../server/database/seeds/demo.seed.js';

/** Tables of the demo set, those that refer to others first. */
const tables = [
  'library_entries',
  'songs',
  'playlist_entries',
  'playlists',
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
const numberedByUse = [
  'library_entries',
  'songs',
  'watchlist_items',
  'ratings',
  'playlists',
  'playlist_entries',
  'users',
] as const;

/** Puts a database that holds the demo set back to it, so that the next new ids are the first free ones again. */
export async function restoreDemo(database: Database): Promise<void> {
  for (const table of tables) await database.sql.deleteFrom(table).execute();
  await seedDemo(database);
  for (const table of numberedByUse) {
    const restart =
      database.engine === 'mysql'
        ? sql`alter table ${sql.table(table)} auto_increment = 1`
        : sql`update sqlite_sequence set seq = (select coalesce(max(id), 0) from ${sql.table(table)}) where name = ${table}`;
    await restart.execute(database.sql);
  }
}

/** Tables that a request can change. */
const changeable = [
  'ratings',
  'watchlist_items',
  'movies',
  'users',
  'sessions',
  'playlists',
  'playlist_entries',
  'songs',
  'library_entries',
] as const;

/** Everything that a request could have changed, to be compared. */
export async function readState(database: Database): Promise<unknown> {
  const read = async (table: (typeof changeable)[number]) =>
    (await sql`select * from ${sql.table(table)} order by id`.execute(database.sql)).rows;
  return Object.fromEntries(await Promise.all(changeable.map(async (table) => [table, await read(table)] as const)));
}
