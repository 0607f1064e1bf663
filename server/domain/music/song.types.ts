/** A song as reads return it. */
export interface SongRow {
  readonly id: number;
  readonly title: string;
  readonly artist: string;
  /** The beginning of the title as it is ordered: case and accents folded. */
  readonly titleKey: string;
  /** The beginning of the artist as it is ordered. */
  readonly artistKey: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export type SongOrderField = 'ID' | 'TITLE' | 'ARTIST';

export interface NewSong {
  readonly title: string;
  readonly artist: string;
}

/** Characters that the title and the artist of a song have at most, each. */
export const maxSongTextLength = 200;
