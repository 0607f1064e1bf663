import { Field, InputType } from 'type-graphql';

@InputType('RegisterInput', { description: 'A new account.' })
export class RegisterInput {
  @Field(() => String, { description: 'The name to show.' })
  name!: string;

  @Field(() => String, { description: 'The e-mail address to log in with.' })
  email!: string;

  @Field(() => String, { description: '8 to 200 characters.' })
  password!: string;

  @Field(() => String, { nullable: true, description: 'A unique name to go by.' })
  username?: string | null;
}

@InputType('LoginInput', { description: 'Who logs in.' })
export class LoginInput {
  @Field(() => String, { description: 'The e-mail address of the account.' })
  email!: string;

  @Field(() => String, { description: 'Its password.' })
  password!: string;
}

@InputType('UpdateProfileInput', { description: 'What to change; what is absent stays.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: 'The name to show.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'A unique name to go by; null for none.' })
  username?: string | null;

  @Field(() => String, { nullable: true, description: 'The e-mail address; needs the current password.' })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The new password; needs the current one, and ends other sessions.',
  })
  newPassword?: string | null;

  @Field(() => String, { nullable: true, description: 'The current password.' })
  currentPassword?: string | null;
}
