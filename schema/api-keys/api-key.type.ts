import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { RemovalOutcome } from '../shared/outcome.type.js';

@ObjectType('ApiKey', {
  description: 'A key that stands for its owner; the key itself cannot be read.',
  simpleResolvers: true,
})
export class ApiKeyType {
  @Field(() => ID, { description: 'What to rotate or revoke it by.' })
  id!: number;

  @Field(() => String, { description: 'What its owner calls it.' })
  name!: string;

  @Field(() => String, { description: 'The first characters of the key.' })
  prefix!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: number;

  @Field(() => GraphQLDateTimeISO, {
    nullable: true,
    description: 'When it was last used, to the minute; null if never.',
  })
  lastUsedAt!: number | null;
}

@ObjectType('NewApiKeyPayload', { description: 'A new key.', simpleResolvers: true })
export class NewApiKeyPayload {
  @Field(() => ApiKeyType, { description: 'The key as lists show it.' })
  apiKey!: object;

  @Field(() => String, { description: 'The key, to be sent as `x-api-key`: shown now and never again.' })
  secret!: string;
}

@ObjectType('RevokeApiKeyPayload', { description: 'What came of revoking a key.', simpleResolvers: true })
export class RevokeApiKeyPayload {
  @Field(() => RemovalOutcome, { description: 'Whether there was such a key.' })
  outcome!: RemovalOutcome;
}
