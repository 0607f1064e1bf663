import type { GraphQLResolveInfo } from 'graphql';
import { Args, Ctx, FieldResolver, Float, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { InvalidError } from '../../server/domain/errors.js';
import { movieCursor } from '../../server/domain/movies/movie.cursor.js';
import type { MovieRow, ShortMovieRow } from '../../server/domain/movies/movie.types.js';
import { averageScore } from '../../server/domain/ratings/score.js';
import type { GraphqlContext } from '../context.js';
import { Connection, parsePage } from '../shared/connection.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { OrderDirection } from '../shared/order.input.js';
import { MovieArgs, MoviesArgs } from './movie.args.js';
import { MovieConnectionType, MovieExternalIdsType, MovieType } from './movie.type.js';
import { asksForGenres, isShortList } from './short-list.js';

/** Films: the catalogue, and the fields of a film that are more than a column. */
@Resolver(() => MovieType)
export class MovieResolver {
  @Query(() => MovieType, {
    nullable: true,
    description: 'One film, by exactly one of its ids; null when there is none.',
  })
  async movie(
    @Args(() => MovieArgs) { id, databaseId, movieLensId }: MovieArgs,
    @Ctx() context: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MovieRow | undefined> {
    if ([id, databaseId, movieLensId].filter((value) => value != null).length !== 1) {
      throw new InvalidError('movie', 'exactly one of id, databaseId and movieLensId');
    }
    if (movieLensId != null) return context.movies.findByMovieLensId(movieLensId);
    const { byId, withGenres } = context.loaders.movies;
    return (asksForGenres(info) ? withGenres : byId).load(databaseId ?? parseIdOf('Movie', String(id), 'id'));
  }

  @Query(() => MovieConnectionType, { description: 'Films that match a filter, in an order.' })
  async movies(
    @Args(() => MoviesArgs) { filter, orderBy, ...paging }: MoviesArgs,
    @Ctx() { movies }: GraphqlContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<ShortMovieRow>> {
    const order = orderBy ?? { field: 'ID', direction: OrderDirection.ASC };
    const request = parsePage(paging, order);
    const conditions = filter ?? {};
    const short = isShortList(info);
    const page = short ? await movies.listShort(conditions, request) : await movies.list(conditions, request);
    return new Connection<ShortMovieRow>(page, request, {
      // Short rows have no cursors, and a short list was asked for none.
      cursorOf: (movie) => movieCursor(order, movie as MovieRow),
      count: () => movies.count(conditions),
    });
  }

  @Query(() => [String], {
    description: 'The names of all genres, in alphabetical order; any of them can be filtered by.',
  })
  async genres(@Ctx() { movies }: GraphqlContext): Promise<string[]> {
    return (await movies.listGenres()).map(({ name }) => name);
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() movie: MovieRow): string {
    return toGlobalId('Movie', movie.id);
  }

  @FieldResolver(() => Int)
  databaseId(@Root() movie: MovieRow): number {
    return movie.id;
  }

  @FieldResolver(() => [String], { name: 'genres', description: 'Its genres, in the order of their source.' })
  genresOf(@Root() movie: MovieRow, @Ctx() { loaders }: GraphqlContext): Promise<readonly string[]> {
    return loaders.movies.genres.load(movie.id);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'The exact average of its ratings, 0 to 5; null when unrated.',
  })
  averageRating(@Root() movie: MovieRow): number | null {
    return averageScore(movie);
  }

  @FieldResolver(() => MovieExternalIdsType, { description: 'What other catalogues call it.' })
  externalIds(@Root() movie: MovieRow): MovieExternalIdsType {
    return { movieLens: movie.movieLensId, imdb: movie.imdbId, tmdb: movie.tmdbId };
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where its poster is; null when it has none.' })
  posterUrl(@Root() movie: MovieRow): string | null {
    return movie.posterKey?.startsWith('http') ? movie.posterKey : null;
  }
}
