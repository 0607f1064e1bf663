import { Migration } from '@mikro-orm/migrations';
import type { Kysely } from 'kysely';
import { type ColumnTypes, columnTypesFor } from './columns.js';

/** Named lists of films. */
export class Migration20261125000020 extends Migration {
  override readonly name = '20261125000020-playlists';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await createPlaylists(db, types);
    await createPlaylistEntries(db, types);
  }

  override async down(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    for (const table of ['playlist_entries', 'playlists']) await db.schema.dropTable(table).execute();
  }
}

async function createPlaylists(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('playlists'))
    .addColumn('user_id', types.id, (column) => column.notNull())
    .addColumn('name', types.text(100), (column) => column.notNull())
    .addColumn('default_of', types.integer)
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('playlists_user_id_foreign', ['user_id'], 'users', ['id']);
  await types.finish(table).execute();
  await db.schema
    .createIndex('playlists_user_id_name_unique')
    .on('playlists')
    .columns(['user_id', 'name'])
    .unique()
    .execute();
  await db.schema.createIndex('playlists_default_of_unique').on('playlists').column('default_of').unique().execute();
  await db.schema.createIndex('playlists_user_id_id_index').on('playlists').columns(['user_id', 'id']).execute();
}

async function createPlaylistEntries(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('playlist_entries'))
    .addColumn('playlist_id', types.id, (column) => column.notNull())
    .addColumn('movie_id', types.id, (column) => column.notNull())
    .addColumn('position', types.integer, (column) => column.notNull())
    .addColumn('added_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('playlist_entries_playlist_id_foreign', ['playlist_id'], 'playlists', ['id'], (key) =>
      key.onDelete('cascade'),
    )
    .addForeignKeyConstraint('playlist_entries_movie_id_foreign', ['movie_id'], 'movies', ['id']);
  await types.finish(table).execute();
  await db.schema
    .createIndex('playlist_entries_playlist_id_movie_id_unique')
    .on('playlist_entries')
    .columns(['playlist_id', 'movie_id'])
    .unique()
    .execute();
  for (const column of ['position', 'added_at']) {
    const name = `playlist_entries_playlist_id_${column}_index`;
    await db.schema.createIndex(name).on('playlist_entries').columns(['playlist_id', column, 'id']).execute();
  }
  await db.schema.createIndex('playlist_entries_movie_id_index').on('playlist_entries').column('movie_id').execute();
}
