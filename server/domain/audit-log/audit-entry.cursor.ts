import { encodeCursor, type Order } from '../page.js';
import type { AuditEntryOrderField, AuditEntryRow } from './audit-entry.types.js';

/** The cursor of an entry in an order. */
export function auditEntryCursor(order: Order<AuditEntryOrderField>, { id }: AuditEntryRow): string {
  return encodeCursor(order, { value: null, id });
}
