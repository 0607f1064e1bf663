/** A song in someone's library, as reads return it. */
export interface LibraryEntryRow {
  readonly id: number;
  readonly userId: number;
  readonly songId: number;
  /** When it was added, in milliseconds since the epoch. */
  readonly createdAt: number;
}

export type LibraryOrderField = 'ID' | 'CREATED_AT';

export interface LibraryAddition {
  readonly outcome: 'added' | 'alreadyPresent';
  /** The entry that is there now. */
  readonly entry: LibraryEntryRow;
}
