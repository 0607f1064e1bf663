import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { playlistCursor, playlistEntryCursor } from '../../server/domain/playlists/playlist.cursor.js';
import type { PlaylistEntryRow, PlaylistRow } from '../../server/domain/playlists/playlist.types.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import { forgetReads, type GraphqlContext } from '../context.js';
import { Connection, parsePage } from '../shared/connection.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { OrderDirection } from '../shared/order.input.js';
import { PageArgs } from '../shared/page.args.js';
import { UserType } from '../users/user.type.js';
import { PlaylistEntriesArgs } from './playlist.args.js';
import { CreatePlaylistInput, DeletePlaylistInput, RenamePlaylistInput } from './playlist.input.js';
import { PlaylistConnectionType, PlaylistEntryConnectionType, PlaylistType } from './playlist.type.js';
import { CreatePlaylistPayload, DeletePlaylistPayload, RenamePlaylistPayload } from './playlist-payload.type.js';

const byId = { field: 'ID', direction: OrderDirection.ASC } as const;
const byPosition = { field: 'POSITION', direction: OrderDirection.ASC } as const;

/** Playlists: making, naming and deleting them, and what is in them. */
@Resolver(() => PlaylistType)
export class PlaylistResolver {
  @Query(() => PlaylistType, {
    nullable: true,
    description: "A playlist of the viewer's by id; null when there is none, or none of theirs.",
  })
  async playlist(
    @Arg('id', () => ID, { description: 'Its id, or its databaseId.' }) id: string,
    @Ctx() { playlists }: GraphqlContext,
  ): Promise<PlaylistRow | undefined> {
    return playlists.find(parseIdOf('Playlist', id, 'id'));
  }

  @Mutation(() => CreatePlaylistPayload, { description: 'Makes an empty playlist.' })
  async createPlaylist(
    @Arg('input', () => CreatePlaylistInput, { description: 'Its name.' }) input: CreatePlaylistInput,
    @Ctx() context: GraphqlContext,
  ): Promise<CreatePlaylistPayload> {
    const playlist = await context.playlists.create(input.name);
    forgetReads(context);
    return { playlist };
  }

  @Mutation(() => RenamePlaylistPayload, { description: 'Gives a playlist another name; also the default one.' })
  async renamePlaylist(
    @Arg('input', () => RenamePlaylistInput, { description: 'Which, and its name.' }) input: RenamePlaylistInput,
    @Ctx() context: GraphqlContext,
  ): Promise<RenamePlaylistPayload> {
    const id = parseIdOf('Playlist', input.playlistId, 'playlistId');
    const playlist = await context.playlists.rename(id, input.name);
    forgetReads(context);
    return { playlist };
  }

  @Mutation(() => DeletePlaylistPayload, { description: 'Deletes a playlist with what is in it.' })
  async deletePlaylist(
    @Arg('input', () => DeletePlaylistInput, { description: 'Which one.' }) input: DeletePlaylistInput,
    @Ctx() context: GraphqlContext,
  ): Promise<DeletePlaylistPayload> {
    const outcome = await context.playlists.delete(parseIdOf('Playlist', input.playlistId, 'playlistId'));
    forgetReads(context);
    return { outcome };
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() playlist: PlaylistRow): string {
    return toGlobalId('Playlist', playlist.id);
  }

  @FieldResolver()
  databaseId(@Root() playlist: PlaylistRow): number {
    return playlist.id;
  }

  @FieldResolver(() => PlaylistEntryConnectionType, { description: 'The films in it.' })
  async entries(
    @Root() playlist: PlaylistRow,
    @Args(() => PlaylistEntriesArgs) { orderBy, ...page }: PlaylistEntriesArgs,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<Connection<PlaylistEntryRow>> {
    const order = orderBy ?? byPosition;
    const request = parsePage(page, order);
    return new Connection(await loaders.playlists.entries(request).load(playlist.id), request, {
      cursorOf: (entry) => playlistEntryCursor(order, entry),
      count: () => loaders.playlists.counts.load(playlist.id),
    });
  }
}

/** Someone's playlists. */
@Resolver(() => UserType)
export class UserPlaylistsResolver {
  @FieldResolver(() => PlaylistType, {
    nullable: true,
    description: 'Their default list, which REST clients know. Private: an error to anyone but themselves.',
  })
  async defaultPlaylist(@Root() user: UserRow, @Ctx() { playlists }: GraphqlContext): Promise<PlaylistRow> {
    return playlists.getDefault(user.id);
  }

  @FieldResolver(() => PlaylistConnectionType, {
    nullable: true,
    description: 'Their lists of films, oldest first. Private: an error to anyone but themselves.',
  })
  async playlists(
    @Root() user: UserRow,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { playlists }: GraphqlContext,
  ): Promise<Connection<PlaylistRow>> {
    const request = parsePage(page, byId);
    return new Connection(await playlists.list(user.id, request), request, {
      cursorOf: (playlist) => playlistCursor(byId, playlist),
      count: () => playlists.count(user.id),
    });
  }
}
