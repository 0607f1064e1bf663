import { InvalidError } from './errors.js';

/** Ascending or descending; rows without a value come first ascending and last descending. */
export type Direction = 'asc' | 'desc';

/** An order over a list: a field of the list, and which way. Ties go by id, the same way. */
export interface Order<Field extends string> {
  readonly field: Field;
  readonly direction: Direction;
}

/** Keyset paging: the rows after a known one. Costs the same however deep the page. */
export interface KeysetRequest<Field extends string> {
  readonly first: number;
  /** An `encodeCursor` result for the same order. */
  readonly after?: string | null;
  readonly order: Order<Field>;
}

/** What a keyset query answers; its cursors are made from the rows. */
export interface KeysetPage<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

/** Offset paging, only for the contracts that document page numbers. */
export interface OffsetRequest {
  readonly offset: number;
  readonly limit: number;
}

export interface OffsetPage<Row> {
  readonly rows: readonly Row[];
  /** Rows in all, on every page. */
  readonly total: number;
}

/** Where a row stands in an order: the value it is ordered by, and its id. */
export interface Position {
  readonly value: string | number | null;
  readonly id: number;
}

type CursorContent = readonly [field: string, direction: Direction, value: string | number | null, id: number];

/** Writes a position as an opaque, URL-safe cursor that only its own order accepts. */
export function encodeCursor<Field extends string>(order: Order<Field>, position: Position): string {
  const content: CursorContent = [order.field, order.direction, position.value, position.id];
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/**
 * Reads a cursor back.
 *
 * @throws InvalidError (field `after`) when it is not one of ours, or was made for another order
 */
export function decodeCursor<Field extends string>(order: Order<Field>, cursor: string): Position {
  const content = parseCursor(cursor);
  if (!content) throw new InvalidError('after', 'a cursor that this list returned');
  const [field, direction, value, id] = content;
  if (field !== order.field || direction !== order.direction) {
    throw new InvalidError('after', `a cursor of this order, but it was made for ${field} ${direction}`);
  }
  return { value, id };
}

function parseCursor(cursor: string): CursorContent | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return isCursorContent(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isCursorContent(content: unknown): content is CursorContent {
  if (!Array.isArray(content) || content.length !== 4) return false;
  const [field, direction, value, id]: unknown[] = content;
  return (
    typeof field === 'string' &&
    (direction === 'asc' || direction === 'desc') &&
    (value === null || typeof value === 'number' || typeof value === 'string') &&
    Number.isSafeInteger(id)
  );
}

/** Turns up to `first + 1` rows into a page: the extra row only tells that there is more. */
export function toKeysetPage<Row>(rows: readonly Row[], first: number): KeysetPage<Row> {
  return { rows: rows.length > first ? rows.slice(0, first) : rows, hasNextPage: rows.length > first };
}
