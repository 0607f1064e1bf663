import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { ApiKeyRow, NewApiKey } from '../../server/domain/api-keys/api-key.types.js';
import { NotFoundError } from '../../server/domain/errors.js';
import { mayReadPrivatePart } from '../../server/domain/users/user.policy.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import type { GraphqlContext } from '../context.js';
import { UserType } from '../users/user.type.js';
import { CreateApiKeyInput, RevokeApiKeyInput, RotateApiKeyInput } from './api-key.input.js';
import { ApiKeyType, NewApiKeyPayload, RevokeApiKeyPayload } from './api-key.type.js';

/** The viewer's own API keys. */
@Resolver(() => UserType)
export class ApiKeyResolver {
  @Mutation(() => NewApiKeyPayload, { description: 'Makes a key for the viewer. It is shown this once.' })
  createApiKey(
    @Arg('input', () => CreateApiKeyInput, { description: 'The new key.' }) { name }: CreateApiKeyInput,
    @Ctx() { apiKeys }: GraphqlContext,
  ): Promise<NewApiKey> {
    return apiKeys.create(name);
  }

  @Mutation(() => NewApiKeyPayload, { description: 'Replaces a key: the old one stops working at once.' })
  rotateApiKey(
    @Arg('input', () => RotateApiKeyInput, { description: 'Which key.' }) { id }: RotateApiKeyInput,
    @Ctx() { apiKeys }: GraphqlContext,
  ): Promise<NewApiKey> {
    return apiKeys.rotate(parseKeyId(id));
  }

  @Mutation(() => RevokeApiKeyPayload, { description: 'Ends a key.' })
  async revokeApiKey(
    @Arg('input', () => RevokeApiKeyInput, { description: 'Which key.' }) { id }: RevokeApiKeyInput,
    @Ctx() { apiKeys }: GraphqlContext,
  ): Promise<RevokeApiKeyPayload> {
    return { outcome: await apiKeys.revoke(parseKeyId(id)) };
  }

  @FieldResolver(() => [ApiKeyType], { nullable: true, description: 'Their API keys; null to anyone but themselves.' })
  async apiKeys(@Root() user: UserRow, @Ctx() { viewer, apiKeys }: GraphqlContext): Promise<ApiKeyRow[] | null> {
    return mayReadPrivatePart(viewer, user) ? apiKeys.list() : null;
  }
}

/** An id that no key can have names none. */
function parseKeyId(id: string): number {
  if (!/^[1-9]\d{0,8}$/.test(id)) throw new NotFoundError('apiKey');
  return Number(id);
}
