import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { NewSession } from '../../server/domain/sessions/session.types.js';
import type { UserRow } from '../../server/domain/users/user.types.js';
import { forgetReads, type GraphqlContext } from '../context.js';
import { LoginInput, RegisterInput, UpdateProfileInput } from './account.input.js';
import { LogoutPayload, SessionPayload, UpdateProfilePayload } from './account-payload.type.js';

/** Registering, logging in and out, and changing one's profile. */
@Resolver()
export class AccountResolver {
  @Mutation(() => SessionPayload, { description: 'Makes an account, and logs in.' })
  async register(
    @Arg('input', () => RegisterInput, { description: 'The new account.' }) input: RegisterInput,
    @Ctx() context: GraphqlContext,
  ): Promise<SessionPayload> {
    const user = await context.account.register(input);
    return begin(context, user, await context.account.beginSession(user.id));
  }

  @Mutation(() => SessionPayload, { description: 'Logs in. Attempts are limited per account and per address.' })
  async login(
    @Arg('input', () => LoginInput, { description: 'Who logs in.' }) { email, password }: LoginInput,
    @Ctx() context: GraphqlContext,
  ): Promise<SessionPayload> {
    const { user, session } = await context.account.login({ email, password, address: context.address });
    return begin(context, user, session);
  }

  @Mutation(() => LogoutPayload, {
    description: 'Ends the session that this request came with, and clears its cookie.',
  })
  async logout(@Ctx() { account, sessionCookie }: GraphqlContext): Promise<LogoutPayload> {
    const outcome = await account.logout();
    sessionCookie.clear();
    return { outcome };
  }

  @Mutation(() => UpdateProfilePayload, { description: "Changes the viewer's profile." })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: 'What to change.' }) input: UpdateProfileInput,
    @Ctx() context: GraphqlContext,
  ): Promise<UpdateProfilePayload> {
    const user = await context.account.updateProfile({
      username: input.username,
      name: input.name ?? undefined,
      email: input.email ?? undefined,
      newPassword: input.newPassword ?? undefined,
      currentPassword: input.currentPassword ?? undefined,
    });
    forgetReads(context);
    return { user };
  }
}

function begin(context: GraphqlContext, user: UserRow, session: NewSession): SessionPayload {
  context.sessionCookie.set(session);
  context.become({ kind: 'user', userId: user.id, role: user.role });
  return { user, ...session };
}
