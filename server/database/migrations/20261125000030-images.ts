import { Migration } from '@mikro-orm/migrations';
import type { Kysely } from 'kysely';
import { type ColumnTypes, columnTypesFor, dropIndex } from './columns.js';

/** Pictures of people, and uploads that were announced and are not confirmed yet. */
export class Migration20261125000030 extends Migration {
  override readonly name = '20261125000030-images';

  override async up(): Promise<void> {
    // Tables of this moment, not of today's entities.
    // oxlint-disable-next-line typescript/no-explicit-any
    const db: Kysely<any> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await db.schema.alterTable('users').addColumn('profile_image_key', types.text(500)).execute();
    await db.schema.createIndex('users_profile_image_key_index').on('users').column('profile_image_key').execute();
    await db.schema.createIndex('movies_poster_key_index').on('movies').column('poster_key').execute();
    await createImageUploads(db, types);
  }

  override async down(): Promise<void> {
    // oxlint-disable-next-line typescript/no-explicit-any
    const db: Kysely<any> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await db.schema.dropTable('image_uploads').execute();
    await dropIndex(db, types, { table: 'movies', name: 'movies_poster_key_index' });
    await dropIndex(db, types, { table: 'users', name: 'users_profile_image_key_index' });
    await db.schema.alterTable('users').dropColumn('profile_image_key').execute();
  }
}

async function createImageUploads(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('image_uploads'))
    .addColumn('user_id', types.id, (column) => column.notNull())
    .addColumn('movie_id', types.id)
    .addColumn('object_key', types.text(100), (column) => column.notNull())
    .addColumn('content_type', types.text(20), (column) => column.notNull())
    .addColumn('bytes', types.integer, (column) => column.notNull())
    .addColumn('token_hash', types.text(64), (column) => column.notNull())
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('image_uploads_user_id_foreign', ['user_id'], 'users', ['id'])
    .addForeignKeyConstraint('image_uploads_movie_id_foreign', ['movie_id'], 'movies', ['id'], (key) =>
      key.onDelete('cascade'),
    );
  await types.finish(table).execute();
  const unique = (name: string, column: string) =>
    db.schema.createIndex(name).on('image_uploads').column(column).unique().execute();
  await unique('image_uploads_object_key_unique', 'object_key');
  await unique('image_uploads_token_hash_unique', 'token_hash');
  const index = (name: string, column: string) =>
    db.schema.createIndex(name).on('image_uploads').column(column).execute();
  await index('image_uploads_user_id_index', 'user_id');
  await index('image_uploads_movie_id_index', 'movie_id');
  await index('image_uploads_expires_at_index', 'expires_at');
}
