import DataLoader from 'dataloader';
import type { KeysetPage, KeysetRequest } from '../page.js';
import type { PlaylistRepository } from './playlist.repository.js';
import type { PlaylistEntryOrderField, PlaylistEntryRow, PlaylistRow } from './playlist.types.js';
import type { PlaylistEntryRepository } from './playlist-entry.repository.js';

type PageLoader = DataLoader<number, KeysetPage<PlaylistEntryRow>>;

/** Batches for one request. They check nothing: what they read are parts of playlists that a service gave. */
export interface PlaylistLoaders {
  readonly byId: DataLoader<number, PlaylistRow | undefined>;
  /** How many films a playlist has. */
  readonly counts: DataLoader<number, number>;
  /** One page of each of many playlists: the same page for all of them. */
  entries(request: KeysetRequest<PlaylistEntryOrderField>): PageLoader;
  /** Forgets what was read: after a write, what follows in the same request must read again. */
  clear(): void;
}

export function createPlaylistLoaders(
  playlists: PlaylistRepository,
  entries: PlaylistEntryRepository,
): PlaylistLoaders {
  const pages = new Map<string, PageLoader>();
  const counts = new DataLoader((ids: readonly number[]) => entries.count(ids));
  const byId = new DataLoader<number, PlaylistRow | undefined>(async (ids) => {
    const rows = new Map((await playlists.findByIds(ids)).map((playlist) => [playlist.id, playlist]));
    return ids.map((id) => rows.get(id));
  });
  return {
    byId,
    counts,
    entries: (request) => {
      const key = JSON.stringify([request.first, request.after ?? null, request.order]);
      const loader = pages.get(key) ?? new DataLoader((ids: readonly number[]) => entries.list(ids, request));
      pages.set(key, loader);
      return loader;
    },
    clear: () => {
      byId.clearAll();
      counts.clearAll();
      pages.clear();
    },
  };
}
