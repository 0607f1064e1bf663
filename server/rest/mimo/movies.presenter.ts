import type { MovieSummaryRow } from '../../domain/movies/movie.types.js';
import { averageScore } from '../../domain/ratings/score.js';

/** What this dialect calls the genre of a film that has none; its contract requires one. */
const unknownGenre = 'Unknown';

/** A film (MIMO 1.1). `duration` is in minutes, null when unknown; `rating` is the exact average, null when unrated. */
export interface MovieBody {
  readonly id: number;
  readonly title: string;
  readonly genre: string;
  readonly duration: number | null;
  readonly rating: number | null;
}

export function presentMovie(movie: MovieSummaryRow): MovieBody {
  return {
    id: movie.id,
    title: movie.title,
    genre: movie.primaryGenre ?? unknownGenre,
    duration: movie.durationMinutes,
    rating: averageScore(movie),
  };
}
