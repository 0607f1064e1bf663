import { encodeCursor, type Order } from '../page.js';
import type { RatingOrderField, RatingRow } from './rating.types.js';

const orderValues = {
  ID: () => null,
  CREATED_AT: (rating) => rating.createdAt,
} satisfies Record<RatingOrderField, (rating: RatingRow) => number | null>;

/** The cursor of a rating in an order. */
export function ratingCursor(order: Order<RatingOrderField>, rating: RatingRow): string {
  return encodeCursor(order, { value: orderValues[order.field](rating), id: rating.id });
}
