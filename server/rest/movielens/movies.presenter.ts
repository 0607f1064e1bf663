import type { MovieRow } from '../../domain/movies/movie.types.js';

/** What this dialect calls the genre of a film that has none. */
export const unknownGenre = 'Unknown';

/** A film (MovieLens 4, R1): both ids are the MovieLens one. */
export interface MovieBody {
  readonly id: number;
  readonly movie_id: number;
  /** As MovieLens spells it, byte for byte. */
  readonly title: string;
  /** Null when the title does not end with it. */
  readonly year: number | null;
  readonly genres: readonly string[];
}

/** @param movie one that has a MovieLens id */
export function presentMovie(movie: MovieRow, genres: readonly string[]): MovieBody {
  const id = movie.movieLensId ?? 0;
  const title = movie.movieLensTitle ?? movie.title;
  return {
    id,
    movie_id: id,
    title,
    year: yearOf(title),
    genres: genres.length > 0 ? genres : [unknownGenre],
  };
}

/** The year at the end of a full title, before nothing but blanks, as the import reads it. */
function yearOf(title: string): number | null {
  const [, year] = /\S\s*\((\d{4})\)\s*$/.exec(title) ?? [];
  return year === undefined ? null : Number(year);
}
