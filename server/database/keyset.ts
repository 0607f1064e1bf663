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
 * @param column the column of the order's field, or null when that field is the id itself
 * @param id the id column, which decides ties
 * @throws InvalidError (field `after`) as `decodeCursor`
 */
export function keysetSql<Field extends string>(
  request: KeysetRequest<Field>,
  column: string | null,
  id: string,
): KeysetSql {
  const { first, after, order } = request;
  const direction = order.direction === 'asc' ? sql`asc` : sql`desc`;
  const position = after == null ? undefined : decodeCursor(order, after);
  return {
    where:
      position && (column === null ? idAfter(id, request, position) : columnAfter({ column, id }, request, position)),
    orderBy:
      column === null
        ? sql`${sql.ref(id)} ${direction}`
        : sql`${sql.ref(column)} ${direction}, ${sql.ref(id)} ${direction}`,
    limit: first + 1,
  };
}

function comparison(request: KeysetRequest<string>): RawBuilder<unknown> {
  return request.order.direction === 'asc' ? sql`>` : sql`<`;
}

function idAfter(id: string, request: KeysetRequest<string>, position: Position): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(id)} ${comparison(request)} ${position.id}`;
}

/** Null sorts below every value on every engine we run on: first ascending, last descending. */
function columnAfter(
  { column, id }: { column: string; id: string },
  request: KeysetRequest<string>,
  position: Position,
): RawBuilder<SqlBool> {
  const value = sql.ref(column);
  const later = idAfter(id, request, position);
  const ascending = request.order.direction === 'asc';
  if (position.value === null) {
    return ascending
      ? sql<SqlBool>`((${value} is null and ${later}) or ${value} is not null)`
      : sql<SqlBool>`(${value} is null and ${later})`;
  }
  const beyond = sql<SqlBool>`${value} ${comparison(request)} ${position.value}`;
  const tied = sql<SqlBool>`(${value} = ${position.value} and ${later})`;
  return ascending ? sql<SqlBool>`(${beyond} or ${tied})` : sql<SqlBool>`(${beyond} or ${tied} or ${value} is null)`;
}
