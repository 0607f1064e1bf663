import { encodeCursor, type Order } from '../page.js';
import type { WatchlistItemRow, WatchlistOrderField } from './watchlist.types.js';

const orderValues = {
  ID: () => null,
  CREATED_AT: (item) => item.createdAt,
} satisfies Record<WatchlistOrderField, (item: WatchlistItemRow) => number | null>;

/** The cursor of an entry in an order. */
export function watchlistCursor(order: Order<WatchlistOrderField>, item: WatchlistItemRow): string {
  return encodeCursor(order, { value: orderValues[order.field](item), id: item.id });
}
