import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { NodeInterface } from '../node/node.type.js';
import { createConnectionType } from '../shared/connection.type.js';

@ObjectType('Song', { implements: NodeInterface, description: 'A song.', simpleResolvers: true })
export class SongType extends NodeInterface {
  @Field(() => Int, { description: 'The id that the REST APIs use.' })
  databaseId!: number;

  @Field(() => String, { description: 'What it is called.' })
  title!: string;

  @Field(() => String, { description: 'Who plays it.' })
  artist!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was added here.' })
  createdAt!: number;
}

export const SongConnectionType = createConnectionType('Song', SongType, 'songs');
