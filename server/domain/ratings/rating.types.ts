/** A rating as reads return it. */
export interface RatingRow {
  readonly id: number;
  readonly userId: number;
  readonly movieId: number;
  /** Hundredths, 0 to 500. */
  readonly score: number;
  readonly comment: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type RatingOrderField = 'ID' | 'CREATED_AT';

/** What someone says of a film; the score in hundredths. */
export interface RatingContent {
  readonly score: number;
  readonly comment: string | null;
}

/** Undefined leaves a value as it is, null clears it. */
export interface RatingChange {
  readonly score?: number | undefined;
  readonly comment?: string | null | undefined;
}

export interface RatingOutcome {
  readonly outcome: 'created' | 'replaced';
  readonly rating: RatingRow;
}
