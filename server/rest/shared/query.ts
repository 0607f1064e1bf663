import type { Request } from 'express';

/**
 * The parameters of a query by name; of a repeated one the last. Read from the address itself, because Express's own
 * reader stops at a thousand and gives arrays for those that repeat.
 */
export function lastParameters({ originalUrl }: Pick<Request, 'originalUrl'>): ReadonlyMap<string, string> {
  const start = originalUrl.indexOf('?');
  return new Map(new URLSearchParams(start < 0 ? '' : originalUrl.slice(start)));
}
