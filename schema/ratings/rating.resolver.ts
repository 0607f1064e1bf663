import { Arg, Ctx, FieldResolver, Float, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { MovieRow } from '../../server/domain/movies/movie.types.js';
import type { RatingRow } from '../../server/domain/ratings/rating.types.js';
import { parseScore, presentScore } from '../../server/domain/ratings/score.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import { forgetReads, type GraphqlContext, loadParent } from '../context.js';
import { MovieType } from '../movies/movie.type.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { UserType } from '../users/user.type.js';
import { DeleteRatingInput, RateMovieInput } from './rating.input.js';
import { RatingType } from './rating.type.js';
import { DeleteRatingPayload, RateMoviePayload } from './rating-payload.type.js';

/** Ratings: rating a film, and the fields of a rating that are more than a column. */
@Resolver(() => RatingType)
export class RatingResolver {
  @Mutation(() => RateMoviePayload, { description: "Rates a film, or replaces the viewer's rating of it." })
  async rateMovie(
    @Arg('input', () => RateMovieInput, { description: 'What to rate, and how.' }) input: RateMovieInput,
    @Ctx() context: GraphqlContext,
  ): Promise<RateMoviePayload> {
    const movieId = parseIdOf('Movie', input.movieId, 'movieId');
    const content = { score: parseScore(input.score), comment: input.comment ?? null };
    const { outcome, rating } = await context.ratings.createOrReplace(movieId, content);
    forgetReads(context);
    return { created: outcome === 'created', rating, movieId };
  }

  @Mutation(() => DeleteRatingPayload, { description: "Deletes the viewer's rating of a film." })
  async deleteRating(
    @Arg('input', () => DeleteRatingInput, { description: 'Which film.' }) input: DeleteRatingInput,
    @Ctx() context: GraphqlContext,
  ): Promise<DeleteRatingPayload> {
    const movieId = parseIdOf('Movie', input.movieId, 'movieId');
    const outcome = await context.ratings.deleteByMovie(movieId);
    forgetReads(context);
    return { outcome, movieId };
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() rating: RatingRow): string {
    return toGlobalId('Rating', rating.id);
  }

  @FieldResolver()
  databaseId(@Root() rating: RatingRow): number {
    return rating.id;
  }

  @FieldResolver(() => Float, { description: '0 to 5, with at most two decimals.' })
  score(@Root() rating: RatingRow): number {
    return presentScore(rating.score);
  }

  @FieldResolver(() => UserType, { description: 'Who gave it.' })
  user(@Root() rating: RatingRow, @Ctx() { loaders }: GraphqlContext): Promise<UserRow> {
    return loadParent(loaders.users.byId, rating.userId);
  }

  @FieldResolver(() => MovieType, { description: 'The film it is about.' })
  movie(@Root() rating: RatingRow, @Ctx() { loaders }: GraphqlContext): Promise<MovieRow> {
    return loadParent(loaders.movies.byId, rating.movieId);
  }
}

/** The film in the answer to `rateMovie`. */
@Resolver(() => RateMoviePayload)
export class RateMoviePayloadResolver {
  @FieldResolver(() => MovieType, { description: 'The film, with its new average.' })
  movie(@Root() payload: RateMoviePayload, @Ctx() { loaders }: GraphqlContext): Promise<MovieRow> {
    return loadParent(loaders.movies.byId, payload.movieId);
  }
}

/** The film in the answer to `deleteRating`. */
@Resolver(() => DeleteRatingPayload)
export class DeleteRatingPayloadResolver {
  @FieldResolver(() => MovieType, { description: 'The film, with its new average.' })
  movie(@Root() payload: DeleteRatingPayload, @Ctx() { loaders }: GraphqlContext): Promise<MovieRow> {
    return loadParent(loaders.movies.byId, payload.movieId);
  }
}
