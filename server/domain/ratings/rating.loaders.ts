import DataLoader from 'dataloader';
import type { KeysetPage, KeysetRequest } from '../page.js';
import type { Viewer } from '../viewer.js';
import type { RatingRepository } from './rating.repository.js';
import type { RatingOrderField, RatingRow } from './rating.types.js';

type PageLoader = DataLoader<number, KeysetPage<RatingRow>>;

/** Batches for one request. */
export interface RatingLoaders {
  /** The viewer's own rating of a film by the film's id; always undefined for anonymous viewers. */
  readonly own: DataLoader<number, RatingRow | undefined>;
  /** One page of the ratings of each of many films: the same page for all of them. */
  ofMovies(request: KeysetRequest<RatingOrderField>): PageLoader;
  /** One page of the ratings that each of many users wrote. */
  ofUsers(request: KeysetRequest<RatingOrderField>): PageLoader;
  /** Forgets what was read: after a write, what follows in the same request must read again. */
  clear(): void;
}

export function createRatingLoaders(viewer: Viewer, ratings: RatingRepository): RatingLoaders {
  const pages = new Map<string, PageLoader>();
  const pageLoader = (owner: 'movie_id' | 'user_id', request: KeysetRequest<RatingOrderField>): PageLoader => {
    const key = JSON.stringify([owner, request.first, request.after ?? null, request.order]);
    const loader = pages.get(key) ?? new DataLoader((ids: readonly number[]) => ratings.listBy(owner, ids, request));
    pages.set(key, loader);
    return loader;
  };
  const own = new DataLoader<number, RatingRow | undefined>(async (movieIds) => {
    if (viewer.kind !== 'user') return movieIds.map(() => undefined);
    const rows = await ratings.findByUser(viewer.userId, movieIds);
    const byMovie = new Map(rows.map((rating) => [rating.movieId, rating]));
    return movieIds.map((id) => byMovie.get(id));
  });
  return {
    own,
    ofMovies: (request) => pageLoader('movie_id', request),
    ofUsers: (request) => pageLoader('user_id', request),
    clear: () => {
      own.clearAll();
      pages.clear();
    },
  };
}
