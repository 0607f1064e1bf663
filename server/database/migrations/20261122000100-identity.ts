import { Migration } from '@mikro-orm/migrations';
import { type Kysely, sql } from 'kysely';
import { type ColumnTypes, columnTypesFor, dropIndex } from './columns.js';

/** Passwords, people of other issuers, sessions, and API keys as rows of their own. */
export class Migration20261122000100 extends Migration {
  override readonly name = '20261122000100-identity';

  override async up(): Promise<void> {
    // Tables of this moment, not of today's entities.
    // oxlint-disable-next-line typescript/no-explicit-any
    const db: Kysely<any> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await addUserColumns(db, types);
    await createApiKeys(db, types);
    await createSessions(db, types);
    // A key that was there before is shown by no prefix: only its hash was kept.
    await sql`insert into api_keys (user_id, name, prefix, hash, created_at)
      select id, 'first key', '', api_key_hash, created_at from users where api_key_hash is not null`.execute(db);
    await dropIndex(db, types, { table: 'users', name: 'users_api_key_hash_unique' });
    await db.schema.alterTable('users').dropColumn('api_key_hash').execute();
  }

  override async down(): Promise<void> {
    // oxlint-disable-next-line typescript/no-explicit-any
    const db: Kysely<any> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await db.schema.alterTable('users').addColumn('api_key_hash', types.text(64)).execute();
    await sql`update users set api_key_hash =
      (select min(hash) from api_keys where api_keys.user_id = users.id and revoked_at is null)`.execute(db);
    await db.schema.createIndex('users_api_key_hash_unique').on('users').column('api_key_hash').unique().execute();
    await db.schema.dropTable('sessions').execute();
    await db.schema.dropTable('api_keys').execute();
    await dropIndex(db, types, { table: 'users', name: 'users_issuer_subject_unique' });
    for (const column of ['password_hash', 'issuer', 'subject']) {
      await db.schema.alterTable('users').dropColumn(column).execute();
    }
  }
}

async function addUserColumns(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  await db.schema.alterTable('users').addColumn('password_hash', types.text(200)).execute();
  await db.schema.alterTable('users').addColumn('issuer', types.text(255)).execute();
  await db.schema.alterTable('users').addColumn('subject', types.text(255)).execute();
  await db.schema
    .createIndex('users_issuer_subject_unique')
    .on('users')
    .columns(['issuer', 'subject'])
    .unique()
    .execute();
}

async function createApiKeys(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('api_keys'))
    .addColumn('user_id', types.id, (column) => column.notNull())
    .addColumn('name', types.text(100), (column) => column.notNull())
    .addColumn('prefix', types.text(20), (column) => column.notNull())
    .addColumn('hash', types.text(64), (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('last_used_at', types.bigint)
    .addColumn('revoked_at', types.bigint)
    .addForeignKeyConstraint('api_keys_user_id_foreign', ['user_id'], 'users', ['id']);
  await types.finish(table).execute();
  await db.schema.createIndex('api_keys_hash_unique').on('api_keys').column('hash').unique().execute();
  await db.schema.createIndex('api_keys_user_id_index').on('api_keys').columns(['user_id', 'id']).execute();
}

async function createSessions(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = db.schema
    .createTable('sessions')
    .addColumn('id', types.text(32), (column) => column.notNull().primaryKey())
    .addColumn('user_id', types.id, (column) => column.notNull())
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('expires_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('sessions_user_id_foreign', ['user_id'], 'users', ['id']);
  await types.finish(table).execute();
  await db.schema.createIndex('sessions_user_id_index').on('sessions').column('user_id').execute();
  await db.schema.createIndex('sessions_expires_at_index').on('sessions').column('expires_at').execute();
}
