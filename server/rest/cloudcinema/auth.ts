import type { RequestHandler, Response } from 'express';
import { UnauthenticatedError } from '../../domain/errors.js';
import { playlistsScope } from '../../domain/playlists/playlist.policy.js';
import { anonymous, type ServiceViewer, type Viewer } from '../../domain/viewer.js';
import { bearerTokenOf, type CredentialHolder, readCredentials } from '../../http/credentials.js';
import type { RequestScope } from '../../request-scope.js';
import type { DialectParts } from '../shared/dialect.js';

/** As whom the dialect keeps everyone's playlist while its contract is open (CloudCinema C11). */
const openViewer: ServiceViewer = {
  kind: 'service',
  clientId: 'dialect:cloudcinema',
  scopes: new Set([playlistsScope]),
};

/**
 * Lets only those pass who show who they are, by a bearer token or by the session cookie (CloudCinema C11), and gives
 * them their scope. Fails with UnauthenticatedError. While the contract is open, everyone passes, in the dialect's name.
 */
export function authenticate(parts: DialectParts): RequestHandler<unknown> {
  return async (request, response, next) => {
    const viewer = parts.settings.openCompat ? openViewer : await findViewer(parts, request);
    if (viewer.kind === 'anonymous') throw new UnauthenticatedError();
    response.locals['scope'] = parts.scopes.forViewer(viewer);
    next();
  };
}

/** The scope of a request that `authenticate` let pass. */
export function scopeOf(response: Response): RequestScope {
  return response.locals['scope'] as RequestScope; // put there by `authenticate`, which every route that asks runs first
}

/** Who sends a request. A token in the header counts alone; one that nobody has is nobody's. */
export async function findViewer({ scopes, secureCookies }: DialectParts, request: CredentialHolder): Promise<Viewer> {
  const { authorization, sessionCookie } = readCredentials(request, secureCookies);
  if (authorization) {
    const token = bearerTokenOf(authorization);
    return (token && (await scopes.authenticator.findByBearer(token))) || anonymous;
  }
  return (sessionCookie && (await scopes.authenticator.findBySession(sessionCookie))) || anonymous;
}
