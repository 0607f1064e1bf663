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
