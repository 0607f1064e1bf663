import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { mayReadContact } from '../../server/domain/users/user.policy.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import type { GraphqlContext } from '../context.js';
import { parseIdOf, toGlobalId } from '../shared/global-id.js';
import { UserType } from './user.type.js';

/** People: who asks, who someone is. */
@Resolver(() => UserType)
export class UserResolver {
  @Query(() => UserType, { nullable: true, description: 'Whoever sends this request; null when anonymous.' })
  async viewer(@Ctx() { viewer, loaders }: GraphqlContext): Promise<UserRow | undefined> {
    return viewer.kind === 'user' ? loaders.users.byId.load(viewer.userId) : undefined;
  }

  @Query(() => UserType, { nullable: true, description: 'Someone by id; null when there is no such person.' })
  async user(
    @Arg('id', () => ID, { description: 'Their id, or their databaseId.' }) id: string,
    @Ctx() { loaders }: GraphqlContext,
  ): Promise<UserRow | undefined> {
    return loaders.users.byId.load(parseIdOf('User', id, 'id'));
  }

  @FieldResolver(() => ID, { description: 'Opaque and stable; give it to `node` to read the object again.' })
  id(@Root() user: UserRow): string {
    return toGlobalId('User', user.id);
  }

  @FieldResolver()
  databaseId(@Root() user: UserRow): number {
    return user.id;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Their e-mail address; null to anyone but themselves and those who manage people.',
  })
  email(@Root() user: UserRow, @Ctx() { viewer }: GraphqlContext): string | null {
    return mayReadContact(viewer, user) ? user.email : null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description: 'Whether they are not disabled; null to anyone but themselves and those who manage people.',
  })
  active(@Root() user: UserRow, @Ctx() { viewer }: GraphqlContext): boolean | null {
    return mayReadContact(viewer, user) ? user.active : null;
  }
}
