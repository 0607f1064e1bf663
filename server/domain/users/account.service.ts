import {
  AccountDisabledError,
  ForbiddenError,
  InvalidError,
  NotFoundError,
  UnauthenticatedError,
  WrongCredentialsError,
} from '../errors.js';
import type { SessionRepository } from '../sessions/session.repository.js';
import type { NewSession } from '../sessions/session.types.js';
import type { UserViewer, Viewer } from '../viewer.js';
import type { LoginLimiter } from './login-limiter.js';
import { checkPassword, hashPassword, isLegacyHash, verifyPassword } from './password.js';
import { checkEmail, checkName, checkUsername, normalizeEmail } from './profile.js';
import { mayChangeAccount } from './user.policy.js';
import type { UserRepository } from './user.repository.js';
import type { Credentials, ProfileChange, Registration, UserRow } from './user.types.js';

/** How long a session lasts. */
const sessionLifetimeMs = 7 * 24 * 60 * 60 * 1000;

/** What accounts are kept in and secured with; the same for every viewer. */
export interface AccountParts {
  readonly users: UserRepository;
  readonly sessions: SessionRepository;
  readonly limiter: LoginLimiter;
  /** Signs the token of a session. */
  readonly signSession: (session: { readonly id: string; readonly expiresAt: number }) => Promise<string>;
}

/** Registering, logging in and out, and changing one's own profile. */
export class AccountService {
  readonly #viewer: Viewer;
  readonly #parts: AccountParts;

  constructor(viewer: Viewer, parts: AccountParts) {
    this.#viewer = viewer;
    this.#parts = parts;
  }

  /** Makes an account. @throws InvalidError (name, email, password, username), ConflictError (emailTaken, usernameTaken) */
  async register(registration: Registration): Promise<UserRow> {
    const { name, email, password, username, profileImageKey } = registration;
    const user = { name: checkName('name', name), email: checkEmail(email), username: checkUsername(username) };
    checkPassword(password, registration.minPasswordLength);
    return this.#parts.users.create({
      ...user,
      passwordHash: await hashPassword(password),
      profileImageKey: profileImageKey ?? null,
    });
  }

  /**
   * Logs in with an e-mail address and a password. Wrong passwords and unknown addresses are answered alike, in the
   * same time. A password that an older system hashed is hashed anew.
   *
   * @throws WrongCredentialsError, AccountDisabledError, RateLimitedError
   */
  async login({ email, password, address }: Credentials): Promise<{ user: UserRow; session: NewSession }> {
    const { users, limiter } = this.#parts;
    const account = normalizeEmail(email);
    await limiter.take(account, address);
    const found = await users.findWithPassword({ email });
    if (!(await verifyPassword(found?.passwordHash, password)) || !found) throw new WrongCredentialsError();
    await limiter.forgive(account, address);
    const { user, passwordHash } = found;
    if (!user.active) throw new AccountDisabledError();
    if (passwordHash && isLegacyHash(passwordHash)) {
      await users.rehashPassword(user.id, await hashPassword(password));
    }
    return { user, session: await this.beginSession(user.id) };
  }

  /**
   * Whom an id and a password stand for together, for contracts that ask for both with each change.
   *
   * @param address where the attempt comes from; attempts are limited by it, and by the account
   * @throws NotFoundError (user), WrongCredentialsError, AccountDisabledError, RateLimitedError
   */
  async confirmPassword(userId: number, { password, address }: Omit<Credentials, 'email'>): Promise<UserRow> {
    const { users, limiter } = this.#parts;
    const account = `user ${userId}`;
    await limiter.take(account, address);
    const found = await users.findWithPassword({ id: userId });
    if (!found) throw new NotFoundError('user');
    if (!(await verifyPassword(found.passwordHash, password))) throw new WrongCredentialsError();
    await limiter.forgive(account, address);
    if (!found.user.active) throw new AccountDisabledError();
    return found.user;
  }

  /** Begins a session for someone whose credentials were just verified. */
  async beginSession(userId: number): Promise<NewSession> {
    const expiresAt = Date.now() + sessionLifetimeMs;
    const id = await this.#parts.sessions.create(userId, expiresAt);
    return { token: await this.#parts.signSession({ id, expiresAt }), expiresAt };
  }

  /** Ends the session that this request came with, if it came with one. */
  async logout(): Promise<'removed' | 'absent'> {
    const sessionId = this.#viewer.kind === 'user' ? this.#viewer.sessionId : undefined;
    return sessionId && (await this.#parts.sessions.delete(sessionId)) ? 'removed' : 'absent';
  }

  /**
   * Changes the viewer's own profile. A changed password ends their other sessions.
   *
   * @throws UnauthenticatedError, ForbiddenError, InvalidError (name, email, username, newPassword, currentPassword),
   *   ConflictError (emailTaken, usernameTaken), WrongCredentialsError
   */
  async updateProfile(change: ProfileChange): Promise<UserRow> {
    const { userId, sessionId } = this.#checkPerson();
    const { name, email, username, newPassword, currentPassword, profileImageKey } = change;
    if (email !== undefined || newPassword !== undefined) await this.#checkCurrentPassword(userId, currentPassword);
    if (newPassword !== undefined) checkPassword(newPassword);
    const user = await this.#parts.users.update(userId, {
      name: name === undefined ? undefined : checkName('name', name),
      email: email === undefined ? undefined : checkEmail(email),
      username: username === undefined ? undefined : checkUsername(username),
      passwordHash: newPassword === undefined ? undefined : await hashPassword(newPassword),
      profileImageKey,
    });
    if (newPassword !== undefined) await this.#parts.sessions.deleteOthers(userId, sessionId);
    return user;
  }

  async #checkCurrentPassword(userId: number, password: string | undefined): Promise<void> {
    if (password === undefined) throw new InvalidError('currentPassword', 'your password, to change this');
    const account = `user ${userId}`;
    await this.#parts.limiter.take(account, account);
    const found = await this.#parts.users.findWithPassword({ id: userId });
    if (!(await verifyPassword(found?.passwordHash, password))) throw new WrongCredentialsError();
    await this.#parts.limiter.forgive(account, account);
  }

  #checkPerson(): UserViewer {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (!mayChangeAccount(this.#viewer)) throw new ForbiddenError();
    return this.#viewer;
  }
}
