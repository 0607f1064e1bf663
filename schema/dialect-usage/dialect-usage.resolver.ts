import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { parseCaller } from '../../server/domain/dialect-usage/caller.js';
import type { DialectUsageRow } from '../../server/domain/dialect-usage/dialect-usage.types.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import type { GraphqlContext } from '../context.js';
import { checkFirst } from '../shared/connection.js';
import { UserType } from '../users/user.type.js';
import { DialectUsageArgs } from './dialect-usage.args.js';
import { CallerKind, DialectUsageType } from './dialect-usage.type.js';

/** Who uses the older REST APIs: whom to call before one is switched off. */
@Resolver(() => DialectUsageType)
export class DialectUsageResolver {
  @Query(() => [DialectUsageType], {
    nullable: true,
    description: 'Who uses the older REST APIs, and how much, the largest first. For administrators.',
  })
  async dialectUsage(
    @Args(() => DialectUsageArgs) { dialect = null, from = null, to = null, first }: DialectUsageArgs,
    @Ctx() { dialectUsage }: GraphqlContext,
  ): Promise<DialectUsageRow[]> {
    return dialectUsage.list({ dialect, from, to }, checkFirst(first));
  }

  @FieldResolver(() => CallerKind, { description: 'What kind of caller it was.' })
  callerKind(@Root() { caller }: DialectUsageRow): CallerKind {
    return parseCaller(caller).kind;
  }

  @FieldResolver(() => UserType, { nullable: true, description: 'The person, when it was one who is still there.' })
  async user(@Root() { caller }: DialectUsageRow, @Ctx() { loaders }: GraphqlContext): Promise<UserRow | undefined> {
    const parsed = parseCaller(caller);
    return parsed.kind === 'user' ? loaders.users.byId.load(parsed.userId) : undefined;
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the program calls itself, when it was one.' })
  clientId(@Root() { caller }: DialectUsageRow): string | null {
    const parsed = parseCaller(caller);
    return parsed.kind === 'service' ? parsed.clientId : null;
  }
}
