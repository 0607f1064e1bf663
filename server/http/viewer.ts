import { UnauthenticatedError } from '../domain/errors.js';
import { anonymous, type Viewer } from '../domain/viewer.js';
import type { Scopes } from '../request-scope.js';
import { bearerTokenOf, type Credentials } from './credentials.js';

/** What is wrong with the header that was to say who sends a request. */
export type CredentialFault = 'unknownApiKey' | 'malformedAuthorization' | 'unknownBearer';

/**
 * Who sends a request: by `x-api-key`, else by `Authorization: Bearer` (a session or a trusted issuer's token), else by
 * the session cookie; anonymous without any, and with a cookie that is no longer good, because browsers send it unasked.
 *
 * @param toError what to throw for a header with a credential that nobody has: running the request as someone anonymous
 *   would hide the mistake
 * @throws UnauthenticatedError unless `toError` says otherwise; AccountDisabledError, UnavailableError
 */
export async function findViewer(
  { authenticator }: Scopes,
  { apiKey, authorization, sessionCookie }: Credentials,
  toError: (fault: CredentialFault) => Error = () => new UnauthenticatedError(),
): Promise<Viewer> {
  const known = (viewer: Viewer | undefined, fault: CredentialFault): Viewer => {
    if (!viewer) throw toError(fault);
    return viewer;
  };
  if (apiKey !== undefined) return known(await authenticator.findByApiKey(apiKey), 'unknownApiKey');
  if (authorization !== undefined) {
    const token = bearerTokenOf(authorization);
    if (token === undefined) throw toError('malformedAuthorization');
    return known(await authenticator.findByBearer(token), 'unknownBearer');
  }
  return (sessionCookie === undefined ? undefined : await authenticator.findBySession(sessionCookie)) ?? anonymous;
}
