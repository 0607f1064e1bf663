import { registerEnumType } from 'type-graphql';

/** The GraphQL side of removing something. */
export const RemovalOutcome = { REMOVED: 'removed', ABSENT: 'absent' } as const;
export type RemovalOutcome = (typeof RemovalOutcome)[keyof typeof RemovalOutcome];

registerEnumType(RemovalOutcome, {
  name: 'RemovalOutcome',
  description: 'What came of removing something.',
  valuesConfig: {
    REMOVED: { description: 'It was there, and is gone.' },
    ABSENT: { description: 'It was not there.' },
  },
});

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
