import DataLoader from 'dataloader';
import type { MovieRepository } from './movie.repository.js';
import type { MovieRow } from './movie.types.js';

/** Batches for one request: many films asked for one by one are read by one statement. */
export interface MovieLoaders {
  /** A film by id, or undefined. */
  readonly byId: DataLoader<number, MovieRow | undefined>;
  /** The genre names of a film by its id, in the order of their source. */
  readonly genres: DataLoader<number, readonly string[]>;
}

export function createMovieLoaders(movies: MovieRepository): MovieLoaders {
  return {
    byId: new DataLoader(async (ids) => {
      const rows = new Map((await movies.findByIds(ids)).map((movie) => [movie.id, movie]));
      return ids.map((id) => rows.get(id));
    }),
    genres: new DataLoader(async (movieIds) => {
      const rows = Map.groupBy(await movies.findGenres(movieIds), ({ movieId }) => movieId);
      return movieIds.map((id) => rows.get(id)?.map(({ name }) => name) ?? []);
    }),
  };
}
