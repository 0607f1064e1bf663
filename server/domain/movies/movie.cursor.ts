import { encodeCursor, type Order } from '../page.js';
import type { MovieOrderField, MovieRow } from './movie.types.js';

const orderValues = {
  ID: () => null,
  TITLE: (movie) => movie.sortTitle,
  YEAR: (movie) => movie.year,
  AVERAGE_RATING: (movie) => movie.sortAverage,
  RATING_COUNT: (movie) => movie.ratingCount,
  CREATED_AT: (movie) => movie.createdAt,
} satisfies Record<MovieOrderField, (movie: MovieRow) => string | number | null>;

/** The cursor of a film in an order. */
export function movieCursor(order: Order<MovieOrderField>, movie: MovieRow): string {
  return encodeCursor(order, { value: orderValues[order.field](movie), id: movie.id });
}
