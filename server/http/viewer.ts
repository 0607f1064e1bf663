import { UnauthenticatedError } from '../domain/errors.js';
import { anonymous, type Viewer } from '../domain/viewer.js';
import type { Scopes } from '../request-scope.js';
import { bearerTokenOf, type Credentials } from './credentials.js';

/**
 * Who sends a request: by `x-api-key`, else by `Authorization: Bearer`, else by the session cookie; anonymous without
 * any, and with a cookie that is no longer good, because browsers send it unasked.
 *
 * @throws UnauthenticatedError for a header with a credential that nobody has; AccountDisabledError, UnavailableError
 */
export async function findViewer({ authenticator }: Scopes, credentials: Credentials): Promise<Viewer> {
  const { apiKey, authorization, sessionCookie } = credentials;
  if (apiKey !== undefined) return (await authenticator.findByApiKey(apiKey)) ?? refuse();
  if (authorization !== undefined) {
    const token = bearerTokenOf(authorization);
    return (token === undefined ? undefined : await authenticator.findByBearer(token)) ?? refuse();
  }
  return (sessionCookie === undefined ? undefined : await authenticator.findBySession(sessionCookie)) ?? anonymous;
}

function refuse(): never {
  throw new UnauthenticatedError();
}
