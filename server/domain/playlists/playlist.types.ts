import type { ListedMovieRow } from '../movies/movie.types.js';

/** A playlist as reads return it. */
export interface PlaylistRow {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  /** Everyone has one such list; it is not deleted. */
  readonly isDefault: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A film in a playlist. */
export interface PlaylistEntryRow {
  readonly id: number;
  readonly playlistId: number;
  readonly movieId: number;
  /** Where it stands; only the order of these numbers means anything. */
  readonly position: number;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

/** A film as a contract without pages lists it, and when it was added. */
export interface ListedEntryRow extends ListedMovieRow {
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
}

export type PlaylistOrderField = 'ID';
export type PlaylistEntryOrderField = 'POSITION' | 'ADDED_AT';

export interface PlaylistAddition {
  readonly outcome: 'added' | 'alreadyPresent';
  /** The entry that is there now. */
  readonly entry: PlaylistEntryRow;
}

/** Where to put a film of a playlist: right behind another one of it, or first. */
export interface PlaylistMove {
  readonly movieId: number;
  /** Null puts it first. */
  readonly afterMovieId: number | null;
}
