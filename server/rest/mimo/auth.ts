import { UnauthenticatedError } from '../../domain/errors.js';
import type { PlainHandler, PlainResponse } from '../../http/plain-handler.js';
import type { RequestScope, Scopes } from '../../request-scope.js';

/**
 * Lets only requests with a known `x-api-key` pass (MIMO 1 "Common"), and gives them the scope of the key's user.
 * Fails with UnauthenticatedError.
 */
export function authenticate(scopes: Scopes): PlainHandler {
  return async ({ headers }, response, next) => {
    const apiKey = headers['x-api-key']?.toString();
    const viewer = apiKey ? await scopes.authenticator.findByApiKey(apiKey) : undefined;
    if (!viewer) throw new UnauthenticatedError();
    response.locals['scope'] = scopes.forViewer(viewer);
    next();
  };
}

/** The scope of a request that `authenticate` let pass. */
export function scopeOf(response: PlainResponse): RequestScope {
  return response.locals['scope'] as RequestScope; // put there by `authenticate`, which every route that asks runs first
}
