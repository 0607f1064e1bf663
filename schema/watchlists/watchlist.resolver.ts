import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Resolver, Root } from 'type-graphql';
import type { MovieRow } from '../../server/domain/movies/movie.types.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import { watchlistCursor } from '../../server/domain/watchlists/watchlist.cursor.js';
import type { TitledWatchlistItemRow } from '../../server/domain/watchlists/watchlist.types.js';
import { forgetReads, type GraphqlContext, loadParent } from '../context.js';
import { MovieType } from '../movies/movie.type.js';
import { isTitleOnly } from '../movies/short-list.js';
import { Connection, parsePage } from '../shared/connection.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { OrderDirection } from '../shared/order.input.js';
import { UserType } from '../users/user.type.js';
import { WatchlistArgs } from './watchlist.args.js';
import { AddToWatchlistInput, RemoveFromWatchlistInput, SetWatchedInput } from './watchlist.input.js';
import { WatchlistConnectionType, WatchlistItemType } from './watchlist.type.js';
import { AddToWatchlistPayload, RemoveFromWatchlistPayload, SetWatchedPayload } from './watchlist-payload.type.js';

/** Watchlists: changing the viewer's own, and the fields of an entry that are more than a column. */
@Resolver(() => WatchlistItemType)
export class WatchlistResolver {
  @Mutation(() => AddToWatchlistPayload, { description: "Adds a film to the viewer's watchlist." })
  async addToWatchlist(
    @Arg('input', () => AddToWatchlistInput, { description: 'Which film.' }) input: AddToWatchlistInput,
    @Ctx() context: GraphqlContext,
  ): Promise<AddToWatchlistPayload> {
    const movieId = parseIdOf('Movie', input.movieId, 'movieId');
    const addition = await context.watchlists.addOwn(movieId, input.watched);
    forgetReads(context);
    return addition;
  }

  @Mutation(() => SetWatchedPayload, { description: "Says whether a film in the viewer's watchlist was watched." })
  async setWatched(
    @Arg('input', () => SetWatchedInput, { description: 'Which film, and whether.' }) input: SetWatchedInput,
    @Ctx() context: GraphqlContext,
  ): Promise<SetWatchedPayload> {
    const item = await context.watchlists.setOwnWatched(parseIdOf('Movie', input.movieId, 'movieId'), input.watched);
    forgetReads(context);
    return { item };
  }

  @Mutation(() => RemoveFromWatchlistPayload, { description: "Removes a film from the viewer's watchlist." })
  async removeFromWatchlist(
    @Arg('input', () => RemoveFromWatchlistInput, { description: 'Which film.' }) input: RemoveFromWatchlistInput,
    @Ctx() context: GraphqlContext,
  ): Promise<RemoveFromWatchlistPayload> {
    const outcome = await context.watchlists.removeOwn(parseIdOf('Movie', input.movieId, 'movieId'));
    forgetReads(context);
    return { outcome };
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() item: TitledWatchlistItemRow): string {
    return toGlobalId('WatchlistItem', item.id);
  }

  @FieldResolver()
  databaseId(@Root() item: TitledWatchlistItemRow): number {
    return item.id;
  }

  @FieldResolver(() => MovieType, { description: 'The film.' })
  movie(
    @Root() item: TitledWatchlistItemRow,
    @Ctx() { loaders }: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MovieRow> | Pick<MovieRow, 'id' | 'title'> {
    if (isTitleOnly(info)) return { id: item.movieId, title: item.title };
    return loadParent(loaders.movies.byId, item.movieId);
  }
}

/** Someone's watchlist. */
@Resolver(() => UserType)
export class UserWatchlistResolver {
  @FieldResolver(() => WatchlistConnectionType, {
    nullable: true,
    description: 'The films they mean to watch or have watched. Private: an error to anyone but themselves.',
  })
  async watchlist(
    @Root() user: UserRow,
    @Args(() => WatchlistArgs) { watched = null, orderBy, ...page }: WatchlistArgs,
    @Ctx() { watchlists }: GraphqlContext,
  ): Promise<Connection<TitledWatchlistItemRow>> {
    const order = orderBy ?? { field: 'ID', direction: OrderDirection.ASC };
    const request = parsePage(page, order);
    return new Connection(await watchlists.list(user.id, { watched }, request), request, {
      cursorOf: (item) => watchlistCursor(order, item),
      count: () => watchlists.count(user.id, { watched }),
    });
  }
}
