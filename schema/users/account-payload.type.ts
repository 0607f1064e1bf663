import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { RemovalOutcome } from '../shared/outcome.type.js';
import { UserType } from './user.type.js';

@ObjectType('SessionPayload', {
  description: 'A session that has begun. Browsers get it as an HttpOnly cookie too.',
  simpleResolvers: true,
})
export class SessionPayload {
  @Field(() => UserType, { description: 'Who is logged in.' })
  user!: object;

  @Field(() => String, { description: 'Send it as `Authorization: Bearer TOKEN`. A secret.' })
  token!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When the session ends by itself.' })
  expiresAt!: number;
}

@ObjectType('LogoutPayload', { description: 'What came of logging out.', simpleResolvers: true })
export class LogoutPayload {
  @Field(() => RemovalOutcome, { description: 'Whether there was a session to end.' })
  outcome!: RemovalOutcome;
}

@ObjectType('UpdateProfilePayload', { description: 'The profile as it is now.', simpleResolvers: true })
export class UpdateProfilePayload {
  @Field(() => UserType, { description: 'The viewer.' })
  user!: object;
}
