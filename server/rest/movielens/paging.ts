import type { OffsetRequest } from '../../domain/page.js';

export const defaultPageSize = 20;
/** More is refused, never cut down (MovieLens R7). */
export const maxPageSize = 100;
/** The last page that is told apart, so that an offset always is an exact integer. */
const maxPage = Math.floor(Number.MAX_SAFE_INTEGER / maxPageSize);

/** Which page a client asked for, and how many items to a page; both at least 1. */
export interface Paging {
  readonly page: number;
  readonly pageSize: number;
}

/** @param page at least 1, of any size; beyond `maxPage` it is that page */
export function toPaging(page: bigint, pageSize: bigint): Paging {
  return { page: page > maxPage ? maxPage : Number(page), pageSize: Number(pageSize) };
}

export function toOffset({ page, pageSize }: Paging): OffsetRequest {
  return { offset: (page - 1) * pageSize, limit: pageSize };
}
