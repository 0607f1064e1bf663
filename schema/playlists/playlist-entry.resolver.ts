import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { MovieRow } from '../../server/domain/movies/movie.types.js';
import type { PlaylistEntryRow, PlaylistRow } from '../../server/domain/playlists/playlist.types.js';
import { forgetReads, type GraphqlContext, loadParent } from '../context.js';
import { MovieType } from '../movies/movie.type.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { AddToPlaylistInput, MovePlaylistEntryInput, RemoveFromPlaylistInput } from './playlist.input.js';
import { PlaylistEntryType, PlaylistType } from './playlist.type.js';
import { AddToPlaylistPayload, MovePlaylistEntryPayload, RemoveFromPlaylistPayload } from './playlist-payload.type.js';

/** The films of a playlist: adding, removing and moving them, and the fields of an entry that are more than a column. */
@Resolver(() => PlaylistEntryType)
export class PlaylistEntryResolver {
  @Mutation(() => AddToPlaylistPayload, { description: 'Adds a film at the end of a playlist.' })
  async addToPlaylist(
    @Arg('input', () => AddToPlaylistInput, { description: 'Which film, and where.' }) input: AddToPlaylistInput,
    @Ctx() context: GraphqlContext,
  ): Promise<AddToPlaylistPayload> {
    const movieId = parseIdOf('Movie', input.movieId, 'movieId');
    const addition = await context.playlists.add(parsePlaylistId(input), movieId);
    forgetReads(context);
    return addition;
  }

  @Mutation(() => RemoveFromPlaylistPayload, { description: 'Removes a film from a playlist.' })
  async removeFromPlaylist(
    @Arg('input', () => RemoveFromPlaylistInput, { description: 'Which film, and where.' })
    input: RemoveFromPlaylistInput,
    @Ctx() context: GraphqlContext,
  ): Promise<RemoveFromPlaylistPayload> {
    const movieId = parseIdOf('Movie', input.movieId, 'movieId');
    const outcome = await context.playlists.remove(parsePlaylistId(input), movieId);
    forgetReads(context);
    return { outcome };
  }

  @Mutation(() => MovePlaylistEntryPayload, { description: 'Puts a film elsewhere in its playlist.' })
  async movePlaylistEntry(
    @Arg('input', () => MovePlaylistEntryInput, { description: 'Which film, and where to.' })
    input: MovePlaylistEntryInput,
    @Ctx() context: GraphqlContext,
  ): Promise<MovePlaylistEntryPayload> {
    const { afterMovieId: after } = input;
    const movieId = parseIdOf('Movie', input.movieId, 'movieId');
    const afterMovieId = after == null ? null : parseIdOf('Movie', after, 'afterMovieId');
    const entry = await context.playlists.move(parsePlaylistId(input), { movieId, afterMovieId });
    forgetReads(context);
    return { entry };
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() entry: PlaylistEntryRow): string {
    return toGlobalId('PlaylistEntry', entry.id);
  }

  @FieldResolver()
  databaseId(@Root() entry: PlaylistEntryRow): number {
    return entry.id;
  }

  @FieldResolver(() => MovieType, { description: 'The film.' })
  movie(@Root() entry: PlaylistEntryRow, @Ctx() { loaders }: GraphqlContext): Promise<MovieRow> {
    return loadParent(loaders.movies.byId, entry.movieId);
  }

  @FieldResolver(() => PlaylistType, { description: 'The playlist it is in.' })
  playlist(@Root() entry: PlaylistEntryRow, @Ctx() { loaders }: GraphqlContext): Promise<PlaylistRow> {
    return loadParent(loaders.playlists.byId, entry.playlistId);
  }
}

/** The playlist that an input names; null for the viewer's default one. */
function parsePlaylistId({ playlistId }: { readonly playlistId?: string | null }): number | null {
  return playlistId == null ? null : parseIdOf('Playlist', playlistId, 'playlistId');
}
