import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { auditEntryCursor } from '../../server/domain/audit-log/audit-entry.cursor.js';
import type { AuditEntryFilter, AuditEntryRow } from '../../server/domain/audit-log/audit-entry.types.js';
import { InvalidError } from '../../server/domain/errors.js';
import type { GraphqlContext } from '../context.js';
import { Connection, parsePage } from '../shared/connection.js';
import { parseIdOf } from '../shared/global-id.js';
import { OrderDirection } from '../shared/order.input.js';
import { AuditLogArgs } from './audit-entry.args.js';
import type { AuditEntryFilterInput } from './audit-entry.input.js';
import { AuditEntryConnectionType, AuditEntryType } from './audit-entry.type.js';

const latestFirst = { field: 'ID', direction: OrderDirection.DESC } as const;

/** Who changed what, for administrators. */
@Resolver(() => AuditEntryType)
export class AuditEntryResolver {
  @Query(() => AuditEntryConnectionType, {
    description: 'Every change that was made through any door, as long as the log has been kept. For administrators.',
  })
  async auditLog(
    @Args(() => AuditLogArgs) { filter, orderBy, ...page }: AuditLogArgs,
    @Ctx() { auditLog }: GraphqlContext,
  ): Promise<Connection<AuditEntryRow>> {
    const order = orderBy ?? latestFirst;
    const request = parsePage(page, order);
    const conditions = parseFilter(filter ?? {});
    return new Connection(await auditLog.list(conditions, request), request, {
      cursorOf: (entry) => auditEntryCursor(order, entry),
      count: () => auditLog.count(conditions),
    });
  }
}

function parseFilter({ userId, subject }: AuditEntryFilterInput): AuditEntryFilter {
  return {
    userId: userId == null ? null : parseIdOf('User', userId, 'userId'),
    subject: subject ? { type: subject.type, id: parseSubjectId(subject.id) } : null,
  };
}

function parseSubjectId(id: string): number {
  if (!/^[1-9]\d{0,9}$/.test(id)) throw new InvalidError('subject', 'the databaseId of what was changed');
  return Number(id);
}
