import { Field, ID, InputType } from 'type-graphql';

@InputType('CreateApiKeyInput', { description: 'A new key.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What to call it, 1 to 100 characters.' })
  name!: string;
}

@InputType('RotateApiKeyInput', { description: 'Which key to replace.' })
export class RotateApiKeyInput {
  @Field(() => ID, { description: 'The id of the key.' })
  id!: string;
}

@InputType('RevokeApiKeyInput', { description: 'Which key to end.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The id of the key.' })
  id!: string;
}
