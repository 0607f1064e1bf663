import { encodeCursor, type Order } from '../page.js';
import type { LibraryEntryRow, LibraryOrderField } from './library.types.js';

const orderValues = {
  ID: () => null,
  CREATED_AT: (entry) => entry.createdAt,
} satisfies Record<LibraryOrderField, (entry: LibraryEntryRow) => number | null>;

/** The cursor of an entry in an order. */
export function libraryCursor(order: Order<LibraryOrderField>, entry: LibraryEntryRow): string {
  return encodeCursor(order, { value: orderValues[order.field](entry), id: entry.id });
}
