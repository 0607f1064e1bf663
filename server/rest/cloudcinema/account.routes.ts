import type { Request, RequestHandler } from 'express';
import { AccountDisabledError, ForbiddenError, WrongCredentialsError } from '../../domain/errors.js';
import type { AccountService } from '../../domain/users/account.service.js';
import type { UserRow } from '../../domain/users/user.types.js';
import { anonymous, type Viewer } from '../../domain/viewer.js';
import { sessionCookieOf } from '../../http/credentials.js';
import type { DialectParts } from '../shared/dialect.js';
import { type ProfileEdit, parseEdit, parseLogin, parseRegistration } from './account.body.js';
import { findViewer, scopeOf } from './auth.js';
import { fieldsOf, readForm } from './body.js';
import { accountRefusal, wrongPassword } from './errors.js';
import { presentUser } from './users.presenter.js';

/** `POST /user/register`, with or without a photo. 400, 409, 413, 415. */
export function register({ scopes }: DialectParts): RequestHandler {
  const { account, images } = scopes.forViewer(anonymous);
  return async (request, response) => {
    const { fields, photo } = await readForm(request, images);
    await images.keeping(photo, async (profileImageKey) =>
      account.register({ ...parseRegistration(fields), profileImageKey }),
    );
    response.status(201).json({ message: 'Usuario registrado exitosamente' });
  };
}

/** `POST /user/login`: begins a session, as a token and as a cookie (CloudCinema C11). 400, 401, 403, 429. */
export function login({ scopes, secureCookies }: DialectParts): RequestHandler {
  const { account, images } = scopes.forViewer(anonymous);
  return async (request, response) => {
    const credentials = { ...parseLogin(fieldsOf(request)), address: addressOf(request) };
    const { user, session } = await account.login(credentials);
    sessionCookieOf(response, secureCookies).set(session);
    response.json({ message: 'Login exitoso', usuario: presentUser(user, images), token: session.token });
  };
}

/** `POST /user/logout`: ends the session that it came with, if any. */
export function logout(parts: DialectParts): RequestHandler {
  return async (request, response) => {
    await parts.scopes.forViewer(await findLeaver(parts, request)).account.logout();
    sessionCookieOf(response, parts.secureCookies).clear();
    response.json({ message: 'Sesión cerrada exitosamente' });
  };
}

/**
 * `PUT /user/edit`: changes name and photo of who shows their password. 400, 401, 403, 404, 413, 415, 429.
 *
 * While the contract is open, an id and its password are all that is asked for.
 */
export function editProfile({ scopes, settings }: DialectParts): RequestHandler {
  return async (request, response) => {
    const { viewer, account, images } = scopeOf(response);
    const { fields, photo } = await readForm(request, images);
    const { user, name } = await images.keeping(photo, async () => {
      const edit = parseEdit(fields);
      if (!settings.openCompat) checkOwn(viewer, edit.userId);
      return { name: edit.name, user: await confirm(account, edit, addressOf(request)) };
    });
    const own = scopes.forViewer({ kind: 'user', userId: user.id, role: user.role });
    const change = (profileImageKey: string | undefined) => own.account.updateProfile({ name, profileImageKey });
    await images.keeping(photo, change, user.profileImageKey);
    response.json({ message: 'Perfil actualizado exitosamente' });
  };
}

/** Whose id and password these are. @throws Refusal (401); NotFoundError, AccountDisabledError, RateLimitedError */
async function confirm(account: AccountService, edit: ProfileEdit, address: string): Promise<UserRow> {
  try {
    return await account.confirmPassword(edit.userId, { password: edit.password, address });
  } catch (error) {
    throw error instanceof WrongCredentialsError ? accountRefusal(401, wrongPassword) : error;
  }
}

function checkOwn(viewer: Viewer, userId: number): void {
  if (viewer.kind !== 'user' || viewer.userId !== userId) throw new ForbiddenError();
}

/** Who logs out: whoever it is, the answer is the same. */
async function findLeaver(parts: DialectParts, request: Request): Promise<Viewer> {
  try {
    return await findViewer(parts, request);
  } catch (error) {
    if (error instanceof AccountDisabledError) return anonymous;
    throw error;
  }
}

function addressOf({ ip }: Request): string {
  return ip ?? 'unknown';
}
