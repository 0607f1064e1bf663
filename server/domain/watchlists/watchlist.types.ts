/** A watchlist entry as reads return it. */
export interface WatchlistItemRow {
  readonly id: number;
  readonly userId: number;
  readonly movieId: number;
  readonly watched: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** An entry together with its film's title, which page-number contracts show. */
export interface TitledWatchlistItemRow extends WatchlistItemRow {
  readonly title: string;
}

export type WatchlistOrderField = 'ID' | 'CREATED_AT';

export interface WatchlistFilter {
  readonly watched?: boolean | null;
}

export interface WatchlistAddition {
  readonly outcome: 'added' | 'alreadyPresent';
  /** The entry that is there now. */
  readonly item: TitledWatchlistItemRow;
}
