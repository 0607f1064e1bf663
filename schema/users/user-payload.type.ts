import { Field, ObjectType } from 'type-graphql';
import { UserType } from './user.type.js';

@ObjectType('CreateUserPayload', { description: 'The person who was put in.', simpleResolvers: true })
export class CreateUserPayload {
  @Field(() => UserType, { description: 'The person.' })
  user!: object;
}

@ObjectType('SetUserActivePayload', { description: 'The person as they are now.', simpleResolvers: true })
export class SetUserActivePayload {
  @Field(() => UserType, { description: 'The person.' })
  user!: object;
}
