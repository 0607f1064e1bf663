import { Migration } from '@mikro-orm/migrations';
import type { Kysely } from 'kysely';
import { columnTypesFor, dropIndex } from './columns.js';

/** An index for each order and filter of a person's lists that had none: without it a page sorts the whole list. */
const indexes = [
  { table: 'ratings', name: 'ratings_user_id_id_index', columns: ['user_id', 'id'] },
  {
    table: 'watchlist_items',
    name: 'watchlist_items_user_id_created_at_index',
    columns: ['user_id', 'created_at', 'id'],
  },
  { table: 'watchlist_items', name: 'watchlist_items_user_id_watched_index', columns: ['user_id', 'watched', 'id'] },
  {
    table: 'library_entries',
    name: 'library_entries_user_id_created_at_index',
    columns: ['user_id', 'created_at', 'id'],
  },
] as const;

/** Orders and filters of people's lists. */
export class Migration20261125000400 extends Migration {
  override readonly name = '20261125000400-orders-of-peoples-lists';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    for (const { table, name, columns } of indexes) {
      await db.schema
        .createIndex(name)
        .on(table)
        .columns([...columns])
        .execute();
    }
  }

  override async down(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    for (const { table, name } of indexes) await dropIndex(db, types, { table, name });
  }
}
