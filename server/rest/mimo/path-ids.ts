import { parseId } from '../shared/ids.js';
import { refusal } from './errors.js';

/**
 * Reads an id of the path (MIMO 1.13 M9, M10).
 *
 * @throws Refusal (400) unless it is digits only; digits that no row can have are left to be not found
 */
export function parsePathId(text: string, what: 'movie' | 'rating' | 'item'): number {
  const id = parseId(text);
  if (id === undefined) throw refusal(400, `Invalid ${what} id`);
  return id;
}
