import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import { decodeCursor, type KeysetRequest, type Position } from '../domain/page.js';

/** SQL of one keyset page: which rows come after the cursor, in which order, and how many. */
export interface KeysetSql {
  /** Undefined on the first page. */
  readonly where: Expression<SqlBool> | undefined;
  readonly orderBy: RawBuilder<unknown>;
  /** One more than asked for: the extra row only tells that there is a next page. */
  readonly limit: number;
}

/**
 * Builds the SQL of a keyset page.
 *
 * @param column the column of the order's field, which is never null, or null when that field is the id itself
 * @param id the id column, which decides ties
 * @throws InvalidError (field `after`) as `decodeCursor`
 */
export function keysetSql<Field extends string>(
  request: KeysetRequest<Field>,
  column: string | null,
  id: string,
): KeysetSql {
  const position = positionOf(request);
  return {
    where:
      position && (column === null ? idAfter(id, request, position) : columnAfter({ column, id }, request, position)),
    orderBy: orderOf(request, column, id),
    limit: request.first + 1,
  };
}

/**
 * The same for a column that may be null: the page is made of the rows of these ranges, the first ones first. Null sorts
 * below every value on every engine we run on: first ascending, last descending. One condition for both would keep an
 * engine from beginning at the cursor, and a page would cost as much as there is before it.
 */
export function keysetRanges<Field extends string>(
  request: KeysetRequest<Field>,
  column: string,
  id: string,
): KeysetSql[] {
  const position = positionOf(request);
  const rest = { orderBy: orderOf(request, column, id), limit: request.first + 1 };
  if (!position) return [{ where: undefined, ...rest }];
  const value = sql.ref(column);
  const ascending = request.order.direction === 'asc';
  const ranges =
    position.value === null
      ? [
          sql<SqlBool>`(${value} is null and ${idAfter(id, request, position)})`,
          ...(ascending ? [sql<SqlBool>`${value} is not null`] : []),
        ]
      : [columnAfter({ column, id }, request, position), ...(ascending ? [] : [sql<SqlBool>`${value} is null`])];
  return ranges.map((where) => ({ where, ...rest }));
}

function positionOf<Field extends string>({ order, after }: KeysetRequest<Field>): Position | undefined {
  return after == null ? undefined : decodeCursor(order, after);
}

function orderOf({ order }: KeysetRequest<string>, column: string | null, id: string): RawBuilder<unknown> {
  const direction = order.direction === 'asc' ? sql`asc` : sql`desc`;
  return column === null
    ? sql`${sql.ref(id)} ${direction}`
    : sql`${sql.ref(column)} ${direction}, ${sql.ref(id)} ${direction}`;
}

function comparison(request: KeysetRequest<string>): RawBuilder<unknown> {
  return request.order.direction === 'asc' ? sql`>` : sql`<`;
}

function idAfter(id: string, request: KeysetRequest<string>, position: Position): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(id)} ${comparison(request)} ${position.id}`;
}

/** Twice the same: SQLite begins at the cursor for a comparison of rows, and MySQL for one that is spelt out. */
function columnAfter(
  { column, id }: { column: string; id: string },
  request: KeysetRequest<string>,
  position: Position,
): RawBuilder<SqlBool> {
  const [value, ref, compared] = [sql.ref(column), sql.ref(id), comparison(request)];
  return sql<SqlBool>`(${value}, ${ref}) ${compared} (${position.value}, ${position.id})
    and (${value} ${compared} ${position.value} or (${value} = ${position.value} and ${idAfter(id, request, position)}))`;
}
