import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray } from 'type-graphql';
import { ApiKeyResolver } from './api-keys/api-key.resolver.js';
import { AuditEntryResolver } from './audit-log/audit-entry.resolver.js';
import { DialectUsageResolver } from './dialect-usage/dialect-usage.resolver.js';
import { ImageResolver, MoviePosterResolver, ProfileImageResolver } from './images/image.resolver.js';
import { MovieResolver } from './movies/movie.resolver.js';
import { MovieViewerOfMovieResolver, MovieViewerResolver } from './movies/movie-viewer.resolver.js';
import { LibraryResolver, UserLibraryResolver } from './music/library.resolver.js';
import { SongResolver } from './music/song.resolver.js';
import { NodeResolver } from './node/node.resolver.js';
import { resolvePlainly } from './plain-fields.js';
import { PlaylistResolver, UserPlaylistsResolver } from './playlists/playlist.resolver.js';
import { PlaylistEntryResolver } from './playlists/playlist-entry.resolver.js';
import { DeleteRatingPayloadResolver, RateMoviePayloadResolver, RatingResolver } from './ratings/rating.resolver.js';
import { MovieRatingsResolver, UserRatingsResolver } from './ratings/rating-lists.resolver.js';
import { AccountResolver } from './users/account.resolver.js';
import { UserResolver } from './users/user.resolver.js';
import { UserManagementResolver } from './users/user-management.resolver.js';
import { UserWatchlistResolver, WatchlistResolver } from './watchlists/watchlist.resolver.js';

// A function is a class to type-graphql; its own parameter type says no more than this.
type ResolverClass = NonEmptyArray<abstract new () => object>[number];

/** Every resolver; a new feature adds its own here. */
const resolvers: NonEmptyArray<ResolverClass> = [
  NodeResolver,
  MovieResolver,
  MovieViewerOfMovieResolver,
  MovieViewerResolver,
  RatingResolver,
  RateMoviePayloadResolver,
  DeleteRatingPayloadResolver,
  MovieRatingsResolver,
  UserResolver,
  AccountResolver,
  ApiKeyResolver,
  UserRatingsResolver,
  WatchlistResolver,
  UserWatchlistResolver,
  PlaylistResolver,
  PlaylistEntryResolver,
  UserPlaylistsResolver,
  UserManagementResolver,
  SongResolver,
  LibraryResolver,
  UserLibraryResolver,
  AuditEntryResolver,
  ImageResolver,
  MoviePosterResolver,
  ProfileImageResolver,
  DialectUsageResolver,
];

/** The executable schema. Inputs are checked by the domain, so type-graphql validates nothing of its own. */
export function buildSchema(): GraphQLSchema {
  const schema = buildSchemaSync({ resolvers, validate: false, skipCheck: true });
  const ids = ['id', 'databaseId'] as const;
  resolvePlainly(schema, 'Movie', { fields: new MovieResolver(), names: [...ids, 'averageRating', 'externalIds'] });
  resolvePlainly(schema, 'Rating', { fields: new RatingResolver(), names: [...ids, 'score'] });
  resolvePlainly(schema, 'User', { fields: new UserResolver(), names: ids });
  resolvePlainly(schema, 'WatchlistItem', { fields: new WatchlistResolver(), names: ids });
  resolvePlainly(schema, 'Playlist', { fields: new PlaylistResolver(), names: ids });
  resolvePlainly(schema, 'PlaylistEntry', { fields: new PlaylistEntryResolver(), names: ids });
  resolvePlainly(schema, 'Song', { fields: new SongResolver(), names: ids });
  resolvePlainly(schema, 'LibraryEntry', { fields: new LibraryResolver(), names: ids });
  return schema;
}
