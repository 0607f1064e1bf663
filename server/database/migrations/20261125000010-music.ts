import { Migration } from '@mikro-orm/migrations';
import type { Kysely } from 'kysely';
import { type ColumnTypes, columnTypesFor } from './columns.js';

/** Songs, and the libraries that people keep of them. */
export class Migration20261125000010 extends Migration {
  override readonly name = '20261125000010-music';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await createSongs(db, types);
    await createLibraryEntries(db, types);
  }

  override async down(): Promise<void> {
    // Tables of this moment, not of today's entities.
    // oxlint-disable-next-line typescript/no-explicit-any
    const db: Kysely<any> = this.getEntityManager().getKysely();
    await db.schema.dropTable('library_entries').execute();
    await db.schema.dropTable('songs').execute();
    await db.deleteFrom('catalog_counts').where('name', '=', 'songs').execute();
  }
}

async function createSongs(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('songs'))
    .addColumn('title', types.text(200), (column) => column.notNull())
    .addColumn('artist', types.text(200), (column) => column.notNull())
    .addColumn('title_key', types.text(200), (column) => column.notNull())
    .addColumn('artist_key', types.text(200), (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull());
  await types.finish(table).execute();
  await db.schema.createIndex('songs_title_key_index').on('songs').columns(['title_key', 'id']).execute();
  await db.schema.createIndex('songs_artist_key_index').on('songs').columns(['artist_key', 'id']).execute();
}

async function createLibraryEntries(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('library_entries'))
    .addColumn('user_id', types.id, (column) => column.notNull())
    .addColumn('song_id', types.id, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('library_entries_user_id_foreign', ['user_id'], 'users', ['id'])
    .addForeignKeyConstraint('library_entries_song_id_foreign', ['song_id'], 'songs', ['id']);
  await types.finish(table).execute();
  const index = (name: string) => db.schema.createIndex(`library_entries_${name}`).on('library_entries');
  await index('user_id_song_id_unique').columns(['user_id', 'song_id']).unique().execute();
  await index('user_id_id_index').columns(['user_id', 'id']).execute();
  await index('song_id_index').column('song_id').execute();
}
