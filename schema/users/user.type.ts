import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { NodeInterface } from '../node/node.type.js';
import { createConnectionType } from '../shared/connection.type.js';

@ObjectType('User', { implements: NodeInterface, description: 'A person.', simpleResolvers: true })
export class UserType extends NodeInterface {
  @Field(() => Int, { description: 'The id that the REST APIs use.' })
  databaseId!: number;

  @Field(() => String, { nullable: true, description: 'A unique name to go by; null when none was chosen.' })
  username!: string | null;

  @Field(() => String, { description: 'The name to show.' })
  name!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'Since when they are here.' })
  createdAt!: number;
}

export const UserConnectionType = createConnectionType('User', UserType, 'people');
