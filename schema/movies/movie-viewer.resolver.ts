import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { MovieRow } from '../../server/domain/movies/movie.types.js';
import type { RatingRow } from '../../server/domain/ratings/rating.types.js';
import type { WatchlistItemRow } from '../../server/domain/watchlists/watchlist.types.js';
import type { GraphqlContext } from '../context.js';
import { RatingType } from '../ratings/rating.type.js';
import { WatchlistItemType } from '../watchlists/watchlist.type.js';
import { MovieType } from './movie.type.js';
import { MovieViewerType } from './movie-viewer.type.js';

interface MovieViewer {
  readonly movieId: number;
}

/** A film's state for whoever asks. */
@Resolver(() => MovieType)
export class MovieViewerOfMovieResolver {
  @FieldResolver(() => MovieViewerType, {
    nullable: true,
    description: 'What the viewer has to do with it; null when anonymous.',
  })
  viewer(@Root() movie: MovieRow, @Ctx() { viewer }: GraphqlContext): MovieViewer | null {
    return viewer.kind === 'user' ? { movieId: movie.id } : null;
  }
}

/** The parts of that state. */
@Resolver(() => MovieViewerType)
export class MovieViewerResolver {
  @FieldResolver(() => RatingType, {
    nullable: true,
    description: "The viewer's rating of it; null when there is none.",
  })
  rating(@Root() { movieId }: MovieViewer, @Ctx() { loaders }: GraphqlContext): Promise<RatingRow | undefined> {
    return loaders.ratings.own.load(movieId);
  }

  @FieldResolver(() => WatchlistItemType, {
    nullable: true,
    description: "Its entry in the viewer's watchlist; null when it is not in it.",
  })
  watchlistItem(
    @Root() { movieId }: MovieViewer,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<WatchlistItemRow | undefined> {
    return loaders.watchlists.own.load(movieId);
  }
}
