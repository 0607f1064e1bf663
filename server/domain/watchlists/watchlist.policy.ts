import type { Viewer } from '../viewer.js';

/** A watchlist is private: only its owner reads and changes it. */
export function mayUseWatchlist(viewer: Viewer, userId: number): boolean {
  return viewer.kind === 'user' && viewer.userId === userId;
}
