import { Migration } from '@mikro-orm/migrations';
import { type Kysely, sql } from 'kysely';
import { columnTypesFor } from './columns.js';

/** Answers to requests that may come again. */
export class Migration20261125000050 extends Migration {
  override readonly name = '20261125000050-idempotency';

  override async up(): Promise<void> {
    // Tables of this moment, not of today's entities.
    // oxlint-disable-next-line typescript/no-explicit-any
    const db: Kysely<any> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    const table = db.schema
      .createTable('idempotency_keys')
      .addColumn('id', types.text(64), (column) => column.notNull().primaryKey())
      .addColumn('fingerprint', types.text(64), (column) => column.notNull())
      .addColumn('answer', types.engine === 'mysql' ? sql`longtext` : 'text')
      .addColumn('locked_until', types.bigint, (column) => column.notNull())
      .addColumn('expires_at', types.bigint, (column) => column.notNull());
    await types.finish(table).execute();
    const index = db.schema.createIndex('idempotency_keys_expires_at_index').on('idempotency_keys');
    await index.column('expires_at').execute();
  }

  override async down(): Promise<void> {
    // oxlint-disable-next-line typescript/no-explicit-any
    const db: Kysely<any> = this.getEntityManager().getKysely();
    await db.schema.dropTable('idempotency_keys').execute();
  }
}
