import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ObjectType, registerEnumType } from 'type-graphql';

/** Who called, as far as a credential said. */
export const CallerKind = { ANONYMOUS: 'anonymous', SERVICE: 'service', USER: 'user' } as const;
export type CallerKind = (typeof CallerKind)[keyof typeof CallerKind];

registerEnumType(CallerKind, {
  name: 'CallerKind',
  description: 'Who called, as far as a credential said.',
  valuesConfig: {
    ANONYMOUS: { description: 'Someone without a credential, or with one that nobody has.' },
    SERVICE: { description: 'A program.' },
    USER: { description: 'A person.' },
  },
});

@ObjectType('DialectUsage', {
  description: 'How often someone used a route of one of the older REST APIs.',
  simpleResolvers: true,
})
export class DialectUsageType {
  @Field(() => String, { description: 'The name of the dialect.' })
  dialect!: string;

  @Field(() => String, {
    description: 'Method and template of the path; `unknown` stands for all that the dialect does not have.',
  })
  route!: string;

  @Field(() => GraphQLSafeInt, { description: 'How often.' })
  calls!: number;

  @Field(() => String, { description: 'The first day of these calls, in UTC.' })
  firstDay!: string;

  @Field(() => String, { description: 'The last day of these calls, in UTC.' })
  lastDay!: string;
}
