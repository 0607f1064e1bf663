import { Migration } from '@mikro-orm/migrations';
import { type Kysely, sql } from 'kysely';
import { type ColumnTypes, columnTypesFor } from './columns.js';

/** Who changed what, when and through which door; a table that is only ever added to. */
export class Migration20261125000300 extends Migration {
  override readonly name = '20261125000300-audit-log';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await createTable(db, types);
    await (types.engine === 'sqlite' ? refuseChangesSqlite(db) : refuseChangesMySql(db));
  }

  override async down(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    await db.schema.dropTable('audit_log').execute();
  }
}

async function createTable(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('audit_log'))
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('actor_kind', types.text(10), (column) => column.notNull())
    .addColumn('actor_id', types.text(255))
    .addColumn('door', types.text(32), (column) => column.notNull())
    .addColumn('request_id', types.text(128))
    .addColumn('action', types.text(64), (column) => column.notNull())
    .addColumn('subject_type', types.text(32), (column) => column.notNull())
    .addColumn('subject_id', types.integer)
    .addColumn('old_values', types.text(2000))
    .addColumn('new_values', types.text(2000));
  await types.finish(table).execute();
  const indexes = {
    audit_log_actor_index: ['actor_kind', 'actor_id', 'id'],
    audit_log_subject_index: ['subject_type', 'subject_id', 'id'],
  };
  for (const [name, columns] of Object.entries(indexes))
    await db.schema.createIndex(name).on('audit_log').columns(columns).execute();
}

const refusal = sql.lit('The audit log is only ever added to.');

async function refuseChangesSqlite(db: Kysely<unknown>): Promise<void> {
  for (const event of ['update', 'delete']) {
    await sql`create trigger ${sql.ref(`audit_log_no_${event}`)} before ${sql.raw(event)} on audit_log
      begin select raise(abort, ${refusal}); end`.execute(db);
  }
}

/** A server with a binary log lets only administrators create triggers, unless it is told to trust others. */
async function refuseChangesMySql(db: Kysely<unknown>): Promise<void> {
  for (const event of ['update', 'delete']) {
    try {
      await sql`create trigger ${sql.ref(`audit_log_no_${event}`)} before ${sql.raw(event)} on audit_log
        for each row signal sqlstate '45000' set message_text = ${refusal}`.execute(db);
    } catch (error) {
      if (!needsAdministrator(error)) throw error;
    }
  }
}

const administratorCodes = new Set<unknown>(['ER_BINLOG_CREATE_ROUTINE_NEED_SUPER', 'ER_TABLEACCESS_DENIED_ERROR']);

function needsAdministrator(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && administratorCodes.has(error.code)) || needsAdministrator(error.cause);
}
