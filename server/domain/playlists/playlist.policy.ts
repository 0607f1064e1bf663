import type { Viewer } from '../viewer.js';

/** What a program must have been granted to keep other people's playlists for them. */
export const playlistsScope = 'playlists:write';

/** Playlists are private: their owner reads and changes them, and programs that were granted to. */
export function mayUsePlaylists(viewer: Viewer, userId: number): boolean {
  if (viewer.kind === 'service') return viewer.scopes.has(playlistsScope);
  return viewer.kind === 'user' && viewer.userId === userId;
}
