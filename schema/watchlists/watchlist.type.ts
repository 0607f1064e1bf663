import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { NodeInterface } from '../node/node.type.js';
import { createConnectionType } from '../shared/connection.type.js';

@ObjectType('WatchlistItem', {
  implements: NodeInterface,
  description: 'A film that someone means to watch, or has watched.',
  simpleResolvers: true,
})
export class WatchlistItemType extends NodeInterface {
  @Field(() => Int, { description: 'The id that the REST APIs use.' })
  databaseId!: number;

  @Field(() => Boolean, { description: 'Whether they have watched it.' })
  watched!: boolean;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was added.' })
  createdAt!: number;
}

export const WatchlistConnectionType = createConnectionType('Watchlist', WatchlistItemType, 'watchlist entries');
