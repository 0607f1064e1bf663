import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { NodeInterface } from '../node/node.type.js';
import { createConnectionType } from '../shared/connection.type.js';

@ObjectType('Playlist', {
  implements: NodeInterface,
  description: 'A named list of films that someone keeps. Private to them.',
  simpleResolvers: true,
})
export class PlaylistType extends NodeInterface {
  @Field(() => Int, { description: 'Its number.' })
  databaseId!: number;

  @Field(() => String, { description: 'Its name; nobody has two of one name.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it is the one that everyone has, and that REST clients know.' })
  isDefault!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: number;
}

@ObjectType('PlaylistEntry', {
  implements: NodeInterface,
  description: 'A film in a playlist.',
  simpleResolvers: true,
})
export class PlaylistEntryType extends NodeInterface {
  @Field(() => Int, { description: 'Its number.' })
  databaseId!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was added.' })
  addedAt!: number;
}

export const PlaylistConnectionType = createConnectionType('Playlist', PlaylistType, 'playlists');
export const PlaylistEntryConnectionType = createConnectionType('PlaylistEntry', PlaylistEntryType, 'playlist entries');
