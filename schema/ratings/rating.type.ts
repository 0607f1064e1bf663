import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { NodeInterface } from '../node/node.type.js';
import { createConnectionType } from '../shared/connection.type.js';

@ObjectType('Rating', {
  implements: NodeInterface,
  description: 'What one person thinks of one film.',
  simpleResolvers: true,
})
export class RatingType extends NodeInterface {
  @Field(() => Int, { description: 'The id that the REST APIs use.' })
  databaseId!: number;

  @Field(() => String, { nullable: true, description: 'What they say about it; null when they say nothing.' })
  comment!: string | null;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was first given.' })
  createdAt!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was last changed.' })
  updatedAt!: number;
}

export const RatingConnectionType = createConnectionType('Rating', RatingType, 'ratings');
