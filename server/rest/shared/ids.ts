/** The largest id a row can have: what GraphQL's `Int` reaches, and every engine's id column holds. */
const maxId = 2 ** 31 - 1;
/** An id that no row has; looking it up finds nothing, on every engine. */
export const noId = 0;

/**
 * An id as a path writes it: ASCII digits and nothing else.
 *
 * @returns undefined when it is not one; `noId` when it is too large for any row, which MySQL would refuse to look up
 */
export function parseId(text: string): number | undefined {
  return /^[0-9]+$/.test(text) ? toId(Number(text)) : undefined;
}

/** A positive integer as an id; `noId` when it is too large for any row. */
export function toId(value: number): number {
  return value <= maxId ? value : noId;
}
