import { Field, ID, InputType } from 'type-graphql';

@InputType('CreateUserInput', { description: 'Someone to put in, without a password.' })
export class CreateUserInput {
  @Field(() => String, { description: 'The name to show; 1 to 190 characters.' })
  name!: string;

  @Field(() => String, { description: 'Their e-mail address; nobody else may have it.' })
  email!: string;
}

@InputType('SetUserActiveInput', { description: 'Whom to enable or disable.' })
export class SetUserActiveInput {
  @Field(() => ID, { description: 'The person: their id, or their databaseId.' })
  userId!: string;

  @Field(() => Boolean, { description: 'False refuses them everywhere, whatever their credential.' })
  active!: boolean;
}
