import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { libraryCursor } from '../../server/domain/music/library.cursor.js';
import type { LibraryEntryRow } from '../../server/domain/music/library.types.js';
import type { SongRow } from '../../server/domain/music/song.types.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import { forgetReads, type GraphqlContext, loadParent } from '../context.js';
import { Connection, parsePage } from '../shared/connection.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { OrderDirection } from '../shared/order.input.js';
import { UserType } from '../users/user.type.js';
import { LibraryArgs } from './library.args.js';
import { AddSongToLibraryInput, RemoveSongFromLibraryInput } from './library.input.js';
import { LibraryConnectionType, LibraryEntryType } from './library.type.js';
import { AddSongToLibraryPayload, RemoveSongFromLibraryPayload } from './library-payload.type.js';
import { SongType } from './song.type.js';

/** Libraries of songs: changing one, and the fields of an entry that are more than a column. */
@Resolver(() => LibraryEntryType)
export class LibraryResolver {
  @Mutation(() => AddSongToLibraryPayload, {
    description:
      "Adds a song to the viewer's library. Administrators, and programs with the scope `libraries:write`, to anyone's.",
  })
  async addSongToLibrary(
    @Arg('input', () => AddSongToLibraryInput, { description: 'Which song.' }) input: AddSongToLibraryInput,
    @Ctx() context: GraphqlContext,
  ): Promise<AddSongToLibraryPayload> {
    const songId = parseIdOf('Song', input.songId, 'songId');
    const addition = await context.library.add(ownerOf(input.userId, context), songId);
    forgetReads(context);
    return addition;
  }

  @Mutation(() => RemoveSongFromLibraryPayload, {
    description:
      "Removes a song from the viewer's library. Administrators, and programs with the scope `libraries:write`, from anyone's.",
  })
  async removeSongFromLibrary(
    @Arg('input', () => RemoveSongFromLibraryInput, { description: 'Which song.' }) input: RemoveSongFromLibraryInput,
    @Ctx() context: GraphqlContext,
  ): Promise<RemoveSongFromLibraryPayload> {
    const songId = parseIdOf('Song', input.songId, 'songId');
    const outcome = await context.library.remove(ownerOf(input.userId, context), songId);
    forgetReads(context);
    return { outcome };
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() entry: LibraryEntryRow): string {
    return toGlobalId('LibraryEntry', entry.id);
  }

  @FieldResolver()
  databaseId(@Root() entry: LibraryEntryRow): number {
    return entry.id;
  }

  @FieldResolver(() => SongType, { description: 'The song.' })
  song(@Root() entry: LibraryEntryRow, @Ctx() { loaders }: GraphqlContext): Promise<SongRow> {
    return loadParent(loaders.songs.byId, entry.songId);
  }
}

/** Someone's library. */
@Resolver(() => UserType)
export class UserLibraryResolver {
  @FieldResolver(() => LibraryConnectionType, {
    nullable: true,
    description: 'The songs of their library. Private: an error to anyone but themselves and those who keep libraries.',
  })
  async library(
    @Root() user: UserRow,
    @Args(() => LibraryArgs) { orderBy, ...page }: LibraryArgs,
    @Ctx() { library, loaders }: GraphqlContext,
  ): Promise<Connection<LibraryEntryRow>> {
    library.checkMayUse(user.id);
    const order = orderBy ?? { field: 'ID', direction: OrderDirection.ASC };
    const request = parsePage(page, order);
    return new Connection(await loaders.libraries.ofUsers(request).load(user.id), request, {
      cursorOf: (entry) => libraryCursor(order, entry),
      count: () => library.count(user.id),
    });
  }
}

function ownerOf(userId: string | null | undefined, { library }: GraphqlContext): number {
  return userId == null ? library.ownerId() : parseIdOf('User', userId, 'userId');
}
