import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { NodeInterface } from '../node/node.type.js';
import { createConnectionType } from '../shared/connection.type.js';

@ObjectType('LibraryEntry', {
  implements: NodeInterface,
  description: "A song in someone's library.",
  simpleResolvers: true,
})
export class LibraryEntryType extends NodeInterface {
  @Field(() => Int, { description: 'Its number; libraries grow in the order of it.' })
  databaseId!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was added.' })
  createdAt!: number;
}

export const LibraryConnectionType = createConnectionType('Library', LibraryEntryType, 'library entries');
