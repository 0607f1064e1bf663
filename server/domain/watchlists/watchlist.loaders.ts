import DataLoader from 'dataloader';
import type { Viewer } from '../viewer.js';
import type { WatchlistRepository } from './watchlist.repository.js';
import type { TitledWatchlistItemRow } from './watchlist.types.js';

/** Batches for one request. */
export interface WatchlistLoaders {
  /** The viewer's own entry for a film by the film's id; always undefined for anonymous viewers. */
  readonly own: DataLoader<number, TitledWatchlistItemRow | undefined>;
}

export function createWatchlistLoaders(viewer: Viewer, watchlists: WatchlistRepository): WatchlistLoaders {
  return {
    own: new DataLoader(async (movieIds) => {
      if (viewer.kind !== 'user') return movieIds.map(() => undefined);
      const rows = await watchlists.findByUser(viewer.userId, movieIds);
      const byMovie = new Map(rows.map((item) => [item.movieId, item]));
      return movieIds.map((id) => byMovie.get(id));
    }),
  };
}
