import type { Database } from './database/database.js';
import { createMovieLoaders, type MovieLoaders } from './domain/movies/movie.loaders.js';
import { MovieRepository } from './domain/movies/movie.repository.js';
import { MovieService } from './domain/movies/movie.service.js';
import { createRatingLoaders, type RatingLoaders } from './domain/ratings/rating.loaders.js';
import { RatingRepository } from './domain/ratings/rating.repository.js';
import { RatingService } from './domain/ratings/rating.service.js';
import { AuthenticatorService, type FindByBearer } from './domain/users/authenticator.service.js';
import { createUserLoaders, type UserLoaders } from './domain/users/user.loaders.js';
import { UserRepository } from './domain/users/user.repository.js';
import { UserService } from './domain/users/user.service.js';
import type { Viewer } from './domain/viewer.js';
import { createWatchlistLoaders, type WatchlistLoaders } from './domain/watchlists/watchlist.loaders.js';
import { WatchlistRepository } from './domain/watchlists/watchlist.repository.js';
import { WatchlistService } from './domain/watchlists/watchlist.service.js';

/** What one request works with: who asks, the services as that viewer may use them, and the request's own batches. */
export interface RequestScope {
  readonly viewer: Viewer;
  readonly movies: MovieService;
  readonly ratings: RatingService;
  readonly watchlists: WatchlistService;
  readonly users: UserService;
  readonly loaders: Loaders;
}

export interface Loaders {
  readonly movies: MovieLoaders;
  readonly ratings: RatingLoaders;
  readonly watchlists: WatchlistLoaders;
  readonly users: UserLoaders;
}

/** What every edge is given: how to verify a credential, and how to serve its viewer. */
export interface Scopes {
  readonly authenticator: AuthenticatorService;
  forViewer(viewer: Viewer): RequestScope;
}

/** Wires the domain onto one database. A new feature adds its line here. */
export function createScopes(database: Database, findByBearer: FindByBearer): Scopes {
  const movies = new MovieRepository(database);
  const ratings = new RatingRepository(database);
  const watchlists = new WatchlistRepository(database);
  const users = new UserRepository(database);
  return {
    authenticator: new AuthenticatorService(users, findByBearer),
    forViewer: (viewer) => ({
      viewer,
      movies: new MovieService(viewer, movies),
      ratings: new RatingService(viewer, ratings, movies),
      watchlists: new WatchlistService(viewer, watchlists),
      users: new UserService(viewer, users),
      loaders: {
        movies: createMovieLoaders(movies),
        ratings: createRatingLoaders(viewer, ratings),
        watchlists: createWatchlistLoaders(viewer, watchlists),
        users: createUserLoaders(users),
      },
    }),
  };
}
