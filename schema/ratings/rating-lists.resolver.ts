import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { MovieRow } from '../../server/domain/movies/movie.types.js';
import { ratingCursor } from '../../server/domain/ratings/rating.cursor.js';
import type { RatingRow } from '../../server/domain/ratings/rating.types.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import type { GraphqlContext } from '../context.js';
import { MovieType } from '../movies/movie.type.js';
import { Connection, parsePage } from '../shared/connection.js';
import { OrderDirection } from '../shared/order.input.js';
import { UserType } from '../users/user.type.js';
import { RatingsArgs } from './rating.args.js';
import { RatingConnectionType } from './rating.type.js';

const byId = { field: 'ID', direction: OrderDirection.ASC } as const;

/** The ratings of a film. */
@Resolver(() => MovieType)
export class MovieRatingsResolver {
  @FieldResolver(() => RatingConnectionType, { description: 'Its ratings.' })
  async ratings(
    @Root() movie: MovieRow,
    @Args(() => RatingsArgs) { orderBy, ...page }: RatingsArgs,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<Connection<RatingRow>> {
    const order = orderBy ?? byId;
    const request = parsePage(page, order);
    return new Connection(await loaders.ratings.ofMovies(request).load(movie.id), request, {
      cursorOf: (rating) => ratingCursor(order, rating),
      count: async () => movie.ratingCount,
    });
  }
}

/** The ratings that someone gave. */
@Resolver(() => UserType)
export class UserRatingsResolver {
  @FieldResolver(() => RatingConnectionType, { description: 'The ratings they gave.' })
  async ratings(
    @Root() user: UserRow,
    @Args(() => RatingsArgs) { orderBy, ...page }: RatingsArgs,
    @Ctx() { loaders, ratings }: GraphqlContext,
  ): Promise<Connection<RatingRow>> {
    const order = orderBy ?? byId;
    const request = parsePage(page, order);
    return new Connection(await loaders.ratings.ofUsers(request).load(user.id), request, {
      cursorOf: (rating) => ratingCursor(order, rating),
      count: () => ratings.countByUser(user.id),
    });
  }
}
