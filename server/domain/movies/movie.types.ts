import type { OffsetRequest } from '../page.js';

/** Whether a film can be watched yet. */
export type MovieStatus = 'available' | 'coming_soon';

/** A film as reads return it: a plain row, never the entity. */
export interface MovieRow {
  readonly id: number;
  readonly title: string;
  /** The title as it is ordered: case and accents folded. */
  readonly sortTitle: string;
  readonly year: number | null;
  readonly director: string | null;
  readonly durationMinutes: number | null;
  readonly status: MovieStatus;
  readonly posterKey: string | null;
  readonly contentUrl: string | null;
  readonly movieLensId: number | null;
  readonly movieLensTitle: string | null;
  readonly imdbId: string | null;
  readonly tmdbId: string | null;
  readonly ratingCount: number;
  /** Hundredths. */
  readonly ratingSum: number;
  /** The average as it is ordered by; clients get `averageScore(movie)`. */
  readonly sortAverage: number | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The one genre that single-genre contracts show. */
  readonly primaryGenre: string | null;
}

/** As much of a film as most lists show. */
export type ShortMovieRow = Pick<MovieRow, 'id' | 'title' | 'year' | 'ratingCount' | 'ratingSum'>;

/** What a contract without pages lists of a film. */
export type ListedMovieRow = Pick<
  MovieRow,
  'id' | 'title' | 'director' | 'year' | 'status' | 'posterKey' | 'contentUrl'
>;

/** As much of a film as the contracts with page numbers show. */
export type MovieSummaryRow = Pick<
  MovieRow,
  'id' | 'title' | 'durationMinutes' | 'ratingCount' | 'ratingSum' | 'primaryGenre'
>;

export interface GenreRow {
  readonly id: number;
  readonly name: string;
}

/** A page of films with a MovieLens id: in its order or, for a filter with a text, the likeliest first. */
export interface MovieLensRequest extends OffsetRequest {
  readonly order: 'movieLensId' | 'relevance';
}

export type MovieOrderField = 'ID' | 'TITLE' | 'YEAR' | 'AVERAGE_RATING' | 'RATING_COUNT' | 'CREATED_AT';

/** Conditions on films; all given ones must hold. Texts compare without case and accents; empty texts ask nothing. */
export interface MovieFilter {
  /** Every word is in the full title, year included. */
  readonly text?: string | null;
  /** Is in the title. */
  readonly title?: string | null;
  /** Is in the full title, year included. */
  readonly fullTitle?: string | null;
  /** Equals one of the film's genres. */
  readonly genre?: string | null;
  readonly withoutGenres?: boolean;
  /** Has a MovieLens id. */
  readonly inMovieLens?: boolean;
  /** Is in the director's name. */
  readonly director?: string | null;
  readonly year?: number | null;
  readonly yearFrom?: number | null;
  readonly yearTo?: number | null;
  readonly status?: MovieStatus | null;
  /** 0 to 5; unrated films never match. */
  readonly minAverage?: number | null;
  readonly minRatingCount?: number | null;
}
