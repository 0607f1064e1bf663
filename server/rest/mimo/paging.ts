import type { OffsetRequest } from '../../domain/page.js';
import type { ReadRequest } from '../../http/read-lane.js';

/** MIMO 1.13 M1. */
const defaultLimit = 10;
/** MIMO 1.13 M2: more is cut down to it, never refused. */
const maxLimit = 100;
/** The last page that is told apart, so that an offset always is an exact integer. */
export const maxPage = Math.floor(Number.MAX_SAFE_INTEGER / maxLimit);

/** Which page a client asked for, and how many items to a page; both at least 1. */
export interface Paging {
  readonly page: number;
  readonly limit: number;
}

/** Reads `page` and `limit` as leniently as `parseInt` (MIMO 1 "Common"): whatever they say, they say some page. */
export function parsePaging({ page, limit }: ReadRequest['query']): Paging {
  return { page: clamp(readInteger(page) || 1, maxPage), limit: clamp(readInteger(limit) || defaultLimit, maxLimit) };
}

export function toOffset({ page, limit }: Paging): OffsetRequest {
  return { offset: (page - 1) * limit, limit };
}

/** NaN when it does not begin with an integer; a parameter that is repeated counts by its first value. */
function readInteger(value: unknown): number {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? Number.parseInt(first, 10) : Number.NaN;
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 1), max);
}
