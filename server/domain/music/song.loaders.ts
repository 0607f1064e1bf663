import DataLoader from 'dataloader';
import type { SongRepository } from './song.repository.js';
import type { SongRow } from './song.types.js';

/** Batches for one request. */
export interface SongLoaders {
  /** A song by id, or undefined. */
  readonly byId: DataLoader<number, SongRow | undefined>;
}

export function createSongLoaders(songs: SongRepository): SongLoaders {
  return {
    byId: new DataLoader(async (ids) => {
      const rows = new Map((await songs.findByIds(ids)).map((song) => [song.id, song]));
      return ids.map((id) => rows.get(id));
    }),
  };
}
