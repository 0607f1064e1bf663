import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { encodeCursor } from '../../server/domain/page.js';
import { checkEmail, checkName } from '../../server/domain/users/profile.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import { forgetReads, type GraphqlContext } from '../context.js';
import { Connection, parsePage } from '../shared/connection.js';
import { parseIdOf } from '../shared/global-id.js';
import { UsersArgs } from './user.args.js';
import { CreateUserInput, SetUserActiveInput } from './user.input.js';
import { UserConnectionType } from './user.type.js';
import { CreateUserPayload, SetUserActivePayload } from './user-payload.type.js';

const byId = { field: 'ID', direction: 'asc' } as const;

/** People as those see them who manage them: administrators, and programs with the scope `users:write`. */
@Resolver()
export class UserManagementResolver {
  @Query(() => UserConnectionType, {
    nullable: true,
    description: 'Everyone, in the order of their ids. For administrators, and programs with the scope `users:write`.',
  })
  async users(
    @Args(() => UsersArgs) { hasEmail = null, ...page }: UsersArgs,
    @Ctx() { users }: GraphqlContext,
  ): Promise<Connection<UserRow>> {
    const request = parsePage(page, byId);
    return new Connection(await users.list({ hasEmail }, request), request, {
      cursorOf: ({ id }) => encodeCursor(byId, { value: null, id }),
      count: () => users.count({ hasEmail }),
    });
  }

  @Mutation(() => CreateUserPayload, {
    description: 'Puts someone in. For administrators, and programs with the scope `users:write`.',
  })
  async createUser(
    @Arg('input', () => CreateUserInput, { description: 'Whom.' }) { name, email }: CreateUserInput,
    @Ctx() { users }: GraphqlContext,
  ): Promise<CreateUserPayload> {
    users.checkMayManage();
    return { user: await users.create({ name: checkName('name', name), email: checkEmail(email) }) };
  }

  @Mutation(() => SetUserActivePayload, {
    description: 'Enables or disables someone. For administrators, and programs with the scope `users:write`.',
  })
  async setUserActive(
    @Arg('input', () => SetUserActiveInput, { description: 'Whom, and which.' }) input: SetUserActiveInput,
    @Ctx() context: GraphqlContext,
  ): Promise<SetUserActivePayload> {
    const user = await context.users.setActive(parseIdOf('User', input.userId, 'userId'), input.active);
    forgetReads(context);
    return { user };
  }
}
