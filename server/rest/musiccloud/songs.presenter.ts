import type { SongRow } from '../../domain/music/song.types.js';

/** A song (Music 2). */
export interface SongBody {
  readonly id: number;
  readonly titulo: string;
  readonly artista: string;
}

export function presentSong({ id, title, artist }: SongRow): SongBody {
  return { id, titulo: title, artista: artist };
}
