import type { TitledWatchlistItemRow } from '../../domain/watchlists/watchlist.types.js';

/** An entry of a watchlist. `createdAt` is an ISO 8601 instant in UTC. */
export interface WatchlistItemBody {
  readonly id: number;
  readonly userId: number;
  readonly movieId: number;
  readonly title: string;
  readonly watched: boolean;
  readonly createdAt: string;
}

/** An entry as the list shows it (MIMO 1.8): the title comes last. */
export function presentListedItem(item: TitledWatchlistItemRow): WatchlistItemBody {
  const { title, ...rest } = presentItem(item);
  return { ...rest, title };
}

/** An entry as adding and changing it answer (MIMO 1.13 M5): all that any of the documents shows. */
export function presentItem(item: TitledWatchlistItemRow): WatchlistItemBody {
  const { id, userId, movieId, title, watched, createdAt } = item;
  return { id, userId, movieId, title, watched, createdAt: new Date(createdAt).toISOString() };
}
