import { Field, ObjectType } from 'type-graphql';
import { AdditionOutcome, RemovalOutcome } from '../shared/outcome.type.js';
import { WatchlistItemType } from './watchlist.type.js';

@ObjectType('AddToWatchlistPayload', { description: 'The entry that is there now.', simpleResolvers: true })
export class AddToWatchlistPayload {
  @Field(() => AdditionOutcome, { description: 'Whether it was added now.' })
  outcome!: AdditionOutcome;

  @Field(() => WatchlistItemType, { description: 'The entry.' })
  item!: object;
}

@ObjectType('SetWatchedPayload', { description: 'The entry as it is now.', simpleResolvers: true })
export class SetWatchedPayload {
  @Field(() => WatchlistItemType, { description: 'The entry.' })
  item!: object;
}

@ObjectType('RemoveFromWatchlistPayload', { description: 'What came of removing a film.', simpleResolvers: true })
export class RemoveFromWatchlistPayload {
  @Field(() => RemovalOutcome, { description: 'Whether it was in the watchlist.' })
  outcome!: RemovalOutcome;
}
