import { Migration } from '@mikro-orm/migrations';
import type { Kysely } from 'kysely';
import { columnTypesFor } from './columns.js';

/** How often dialects are called, by whom. */
export class Migration20261125000040 extends Migration {
  override readonly name = '20261125000040-dialect-usage';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    const table = types
      .withId(db.schema.createTable('dialect_calls'))
      .addColumn('day', types.text(10), (column) => column.notNull())
      .addColumn('dialect', types.text(40), (column) => column.notNull())
      .addColumn('route', types.text(120), (column) => column.notNull())
      .addColumn('caller', types.text(200), (column) => column.notNull())
      .addColumn('calls', types.bigint, (column) => column.notNull());
    await types.finish(table).execute();
    await db.schema
      .createIndex('dialect_calls_unique')
      .on('dialect_calls')
      .columns(['day', 'dialect', 'route', 'caller'])
      .unique()
      .execute();
  }

  override async down(): Promise<void> {
    await this.getEntityManager().getKysely().schema.dropTable('dialect_calls').execute();
  }
}
