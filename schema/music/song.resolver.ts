import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { InvalidError } from '../../server/domain/errors.js';
import { songCursor } from '../../server/domain/music/song.cursor.js';
import type { SongRow } from '../../server/domain/music/song.types.js';
import type { GraphqlContext } from '../context.js';
import { Connection, parsePage } from '../shared/connection.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { OrderDirection } from '../shared/order.input.js';
import { SongArgs, SongsArgs } from './song.args.js';
import { CreateSongInput } from './song.input.js';
import { SongConnectionType, SongType } from './song.type.js';
import { CreateSongPayload } from './song-payload.type.js';

/** Songs: the catalogue, and adding to it. */
@Resolver(() => SongType)
export class SongResolver {
  @Query(() => SongType, {
    nullable: true,
    description: 'One song, by exactly one of its ids; null when there is none.',
  })
  async song(
    @Args(() => SongArgs) { id, databaseId }: SongArgs,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<SongRow | undefined> {
    if ((id == null) === (databaseId == null)) throw new InvalidError('song', 'exactly one of id and databaseId');
    return loaders.songs.byId.load(databaseId ?? parseIdOf('Song', String(id), 'id'));
  }

  @Query(() => SongConnectionType, { description: 'Songs, in an order.' })
  async songs(
    @Args(() => SongsArgs) { orderBy, ...page }: SongsArgs,
    @Ctx() { songs }: GraphqlContext,
  ): Promise<Connection<SongRow>> {
    const order = orderBy ?? { field: 'ID', direction: OrderDirection.ASC };
    const request = parsePage(page, order);
    return new Connection(await songs.list(request), request, {
      cursorOf: (song) => songCursor(order, song),
      count: () => songs.count(),
    });
  }

  @Mutation(() => CreateSongPayload, {
    description: 'Adds a song to the catalogue. For administrators, and programs with the scope `songs:write`.',
  })
  async createSong(
    @Arg('input', () => CreateSongInput, { description: 'The new song.' }) input: CreateSongInput,
    @Ctx() { songs }: GraphqlContext,
  ): Promise<CreateSongPayload> {
    const song = { title: input.title.trim(), artist: input.artist.trim() };
    return { song: await songs.create(song, { emptyTexts: false }) };
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() song: SongRow): string {
    return toGlobalId('Song', song.id);
  }

  @FieldResolver()
  databaseId(@Root() song: SongRow): number {
    return song.id;
  }
}
