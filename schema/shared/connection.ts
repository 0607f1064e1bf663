import { InvalidError } from '../../server/domain/errors.js';
import type { KeysetPage, KeysetRequest, Order } from '../../server/domain/page.js';

/** How many items a page has when the client does not say. */
export const defaultPageSize = 20;
export const maxPageSize = 100;

/** The paging arguments of every list field. */
export interface PageArguments {
  readonly first: number;
  readonly after?: string | null;
}

/**
 * Checks the paging arguments of a list field.
 *
 * @throws InvalidError (field `first`)
 */
export function parsePage<Field extends string>(
  { first, after }: PageArguments,
  order: Order<Field>,
): KeysetRequest<Field> {
  return { first: checkFirst(first), after: after ?? null, order };
}

/** How many items a client wants. @throws InvalidError (field `first`) */
export function checkFirst(first: number): number {
  if (first >= 1 && first <= maxPageSize) return first;
  throw new InvalidError('first', `a whole number from 1 to ${maxPageSize}`);
}

export interface Edge<Row> {
  readonly node: Row;
  readonly cursor: string;
}

/** What a connection type's fields read from; nothing is counted or encoded before it is asked for. */
export class Connection<Row> {
  readonly nodes: readonly Row[];
  readonly #hasNextPage: boolean;
  readonly #isFirstPage: boolean;
  readonly #cursorOf: (row: Row) => string;
  readonly #count: () => Promise<number>;

  constructor(page: KeysetPage<Row>, request: KeysetRequest<string>, parts: ConnectionParts<Row>) {
    this.nodes = page.rows;
    this.#hasNextPage = page.hasNextPage;
    this.#isFirstPage = request.after == null;
    this.#cursorOf = parts.cursorOf;
    this.#count = parts.count;
  }

  get edges(): Edge<Row>[] {
    const cursorOf = this.#cursorOf;
    return this.nodes.map((node) => ({
      node,
      get cursor() {
        return cursorOf(node);
      },
    }));
  }

  get pageInfo() {
    const [first, last] = [this.nodes.at(0), this.nodes.at(-1)];
    const cursorOf = this.#cursorOf;
    return {
      hasNextPage: this.#hasNextPage,
      hasPreviousPage: !this.#isFirstPage,
      get startCursor() {
        return first ? cursorOf(first) : null;
      },
      get endCursor() {
        return last ? cursorOf(last) : null;
      },
    };
  }

  get totalCount(): Promise<number> {
    return this.#count();
  }
}

export interface ConnectionParts<Row> {
  /** The cursor of a row in the request's order. */
  readonly cursorOf: (row: Row) => string;
  /** How many rows the whole list has. */
  readonly count: () => Promise<number>;
}
