import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { Direction, Order } from '../../server/domain/page.js';
import type { WatchlistOrderField } from '../../server/domain/watchlists/watchlist.types.js';
import { OrderDirection } from '../shared/order.input.js';

/** The GraphQL side of `WatchlistOrderField`. */
const WatchlistOrderFieldEnum = {
  ID: 'ID',
  CREATED_AT: 'CREATED_AT',
} as const satisfies { [Field in WatchlistOrderField]: Field };

registerEnumType(WatchlistOrderFieldEnum, {
  name: 'WatchlistOrderField',
  description: 'What a watchlist can be ordered by; ties are ordered by id, the same way.',
  valuesConfig: {
    ID: { description: 'The order in which films were added.' },
    CREATED_AT: { description: 'When they were added.' },
  },
});

@InputType('WatchlistOrder', { description: 'An order of watchlist entries.' })
export class WatchlistOrderInput implements Order<WatchlistOrderField> {
  @Field(() => WatchlistOrderFieldEnum, { description: 'What to order by.' })
  field!: WatchlistOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: Direction;
}

@InputType('AddToWatchlistInput', { description: 'Which film to add.' })
export class AddToWatchlistInput {
  @Field(() => ID, { description: 'The film: its id, or its databaseId.' })
  movieId!: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Whether it was watched already.' })
  watched!: boolean;
}

@InputType('SetWatchedInput', { description: 'Which film in the watchlist, and whether it was watched.' })
export class SetWatchedInput {
  @Field(() => ID, { description: 'The film: its id, or its databaseId.' })
  movieId!: string;

  @Field(() => Boolean, { description: 'Whether it was watched.' })
  watched!: boolean;
}

@InputType('RemoveFromWatchlistInput', { description: 'Which film to remove.' })
export class RemoveFromWatchlistInput {
  @Field(() => ID, { description: 'The film: its id, or its databaseId.' })
  movieId!: string;
}
