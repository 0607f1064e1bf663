import DataLoader from 'dataloader';
import type { MovieRepository } from './movie.repository.js';
import type { MovieRow } from './movie.types.js';

/** Batches for one request: many films asked for one by one are read by one statement. */
export interface MovieLoaders {
  /** A film by id, or undefined. */
  readonly byId: DataLoader<number, MovieRow | undefined>;
  /** Likewise, of whose genres someone will ask next: for a single film they come with it. */
  readonly withGenres: DataLoader<number, MovieRow | undefined>;
  /** The genre names of a film by its id, in the order of their source. */
  readonly genres: DataLoader<number, readonly string[]>;
}

export function createMovieLoaders(movies: MovieRepository): MovieLoaders {
  const byId: MovieLoaders['byId'] = new DataLoader(async (ids) => {
    const rows = new Map((await movies.findByIds(ids)).map((movie) => [movie.id, movie]));
    return ids.map((id) => rows.get(id));
  });
  const genres: MovieLoaders['genres'] = new DataLoader(async (movieIds) => {
    const rows = Map.groupBy(await movies.findGenres(movieIds), ({ movieId }) => movieId);
    return movieIds.map((id) => rows.get(id)?.map(({ name }) => name) ?? []);
  });
  const loadWithGenres = async (id: number) => {
    const found = await movies.findWithGenres(id);
    if (found) genres.prime(id, found.genres);
    return found?.movie;
  };
  const withGenres: MovieLoaders['withGenres'] = new DataLoader(
    async ([id, ...others]) => {
      if (id === undefined) return [];
      return others.length === 0 ? [await loadWithGenres(id)] : byId.loadMany([id, ...others]);
    },
    // After a write nothing is to be read from here; batches are what it is for.
    { cache: false },
  );
  return { byId, withGenres, genres };
}
