import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { InvalidError } from '../../server/domain/errors.js';
import type { GraphqlContext } from '../context.js';
import { maxPageSize } from '../shared/connection.js';
import { type NodeKey, type NodeType, parseGlobalId } from '../shared/global-id.js';
import { NodeInterface, type NodeValue } from './node.type.js';

const finders = {
  Movie: (id, { loaders }) => loaders.movies.byId.load(id),
  Rating: (id, { ratings }) => ratings.find(id),
  WatchlistItem: (id, { watchlists }) => watchlists.findOwn(id),
  User: (id, { loaders }) => loaders.users.byId.load(id),
  Playlist: (id, { playlists }) => playlists.find(id),
  PlaylistEntry: (id, { playlists }) => playlists.findEntry(id),
  Song: (id, { loaders }) => loaders.songs.byId.load(id),
  LibraryEntry: (id, { library }) => library.find(id),
} satisfies Record<NodeType, (id: number, context: GraphqlContext) => Promise<object | undefined>>;

/** Reads any object by its global id. */
@Resolver()
export class NodeResolver {
  @Query(() => NodeInterface, {
    nullable: true,
    description: 'The object with this global id; null when there is none, or none that the viewer may see.',
  })
  node(
    @Arg('id', () => ID, { description: 'The `id` of any object.' }) id: string,
    @Ctx() context: GraphqlContext,
  ): Promise<NodeValue | null> {
    return findNode(id, context);
  }

  @Query(() => [NodeInterface], {
    nullable: 'items',
    description: 'Objects by their global ids, in the order asked for, with null for those that are not there.',
  })
  nodes(
    @Arg('ids', () => [ID], { description: `At most ${maxPageSize} global ids.` }) ids: string[],
    @Ctx() context: GraphqlContext,
  ): Promise<(NodeValue | null)[]> {
    if (ids.length > maxPageSize) throw new InvalidError('ids', `at most ${maxPageSize} ids`);
    return Promise.all(ids.map((id) => findNode(id, context)));
  }
}

async function findNode(id: string, context: GraphqlContext): Promise<NodeValue | null> {
  const key: NodeKey | undefined = parseGlobalId(id);
  const row = key && (await finders[key.type](key.databaseId, context));
  return key && row ? { __typename: key.type, ...row } : null;
}
