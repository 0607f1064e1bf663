import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { RemovalOutcome } from '../shared/removal.type.js';
import { WatchlistItemType } from './watchlist.type.js';

/** The GraphQL side of adding something that may be there already. */
export const AdditionOutcome = { ADDED: 'added', ALREADY_PRESENT: 'alreadyPresent' } as const;
export type AdditionOutcome = (typeof AdditionOutcome)[keyof typeof AdditionOutcome];

registerEnumType(AdditionOutcome, {
  name: 'AdditionOutcome',
  description: 'What came of adding something.',
  valuesConfig: {
    ADDED: { description: 'It was not there, and is now.' },
    ALREADY_PRESENT: { description: 'It was there; nothing changed.' },
  },
});

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
