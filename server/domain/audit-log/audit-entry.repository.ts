import { type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { keysetSql } from '../../database/keyset.js';
import { type KeysetPage, type KeysetRequest, toKeysetPage } from '../page.js';
import type { AuditEntryFilter, AuditEntryOrderField, AuditEntryRow } from './audit-entry.types.js';

const columns = [
  'id',
  'created_at as createdAt',
  'actor_kind as actorKind',
  'actor_id as actorId',
  'door',
  'request_id as requestId',
  'action',
  'subject_type as subjectType',
  'subject_id as subjectId',
  'old_values as before',
  'new_values as after',
] as const;

interface StoredRow extends Omit<AuditEntryRow, 'before' | 'after'> {
  readonly before: string | null;
  readonly after: string | null;
}

/** The audit log, to read; transactions themselves write it (`Transaction.audit`). */
export class AuditEntryRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async list(
    filter: AuditEntryFilter,
    request: KeysetRequest<AuditEntryOrderField>,
  ): Promise<KeysetPage<AuditEntryRow>> {
    const page = keysetSql(request, null, 'id');
    const query = this.#database.sql
      .selectFrom('audit_log')
      .select(columns)
      .where(conditionOf(filter))
      .where(page.where ?? sql<SqlBool>`1 = 1`);
    const rows = await query.orderBy(page.orderBy).limit(page.limit).$castTo<StoredRow>().execute();
    return toKeysetPage(rows.map(present), request.first);
  }

  /** Costs as much as there are entries that match. */
  async count(filter: AuditEntryFilter): Promise<number> {
    const query = this.#database.sql.selectFrom('audit_log').select((eb) => eb.fn.countAll<number>().as('total'));
    return Number((await query.where(conditionOf(filter)).executeTakeFirstOrThrow()).total);
  }
}

function conditionOf({ userId, subject }: AuditEntryFilter) {
  const actor = userId == null ? sql`1 = 1` : sql`(actor_kind = 'user' and actor_id = ${String(userId)})`;
  const about = subject ? sql`(subject_type = ${subject.type} and subject_id = ${subject.id})` : sql`1 = 1`;
  return sql<SqlBool>`${actor} and ${about}`;
}

function present({ before, after, ...row }: StoredRow): AuditEntryRow {
  return {
    ...row,
    before: before === null ? null : JSON.parse(before),
    after: after === null ? null : JSON.parse(after),
  };
}
