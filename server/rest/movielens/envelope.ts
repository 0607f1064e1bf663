import type { Paging } from './paging.js';

interface PageBody {
  readonly page: number;
  readonly page_size: number;
  readonly total_items: number;
  readonly total_pages: number;
}

/** A page of a list, its numbers twice (MovieLens R2); nothing has no pages. */
export interface CollectionBody<Item> extends PageBody {
  readonly items: readonly Item[];
  readonly pagination: PageBody;
}

export function presentCollection<Item>(
  items: readonly Item[],
  total: number,
  { page, pageSize }: Paging,
): CollectionBody<Item> {
  const numbers = { page, page_size: pageSize, total_items: total, total_pages: Math.ceil(total / pageSize) };
  return { items, ...numbers, pagination: numbers };
}
