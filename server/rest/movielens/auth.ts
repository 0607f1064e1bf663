import type { RequestHandler, Response } from 'express';
import { ForbiddenError } from '../../domain/errors.js';
import type { Viewer } from '../../domain/viewer.js';
import type { RequestScope, Scopes } from '../../request-scope.js';
import { readBearer } from '../shared/bearer.js';
import { invalidToken, unauthorized } from './errors.js';

const headerFaults = {
  missing: 'Missing Authorization header',
  malformed: 'Invalid Authorization header format',
} as const;

/**
 * Lets only requests with a valid bearer token pass, a person's or a program's (MovieLens 4 "Auth"), and gives them its
 * viewer's scope. Fails with a Refusal (401), with ForbiddenError when the token lacks the required scope (R11), and
 * with UnavailableError when it cannot be checked.
 */
export function authenticate(scopes: Scopes, requiredScope: string | undefined): RequestHandler {
  return async (request, response, next) => {
    const header = readBearer(request.get('authorization'));
    if ('fault' in header) throw unauthorized(headerFaults[header.fault]);
    const viewer = await scopes.authenticator.findByBearer(header.token);
    if (!viewer) throw unauthorized(invalidToken);
    if (requiredScope !== undefined && !hasScope(viewer, requiredScope)) throw new ForbiddenError();
    response.locals['scope'] = scopes.forViewer(viewer);
    next();
  };
}

/** The scope of a request that `authenticate` let pass. */
export function scopeOf(response: Response): RequestScope {
  return response.locals['scope'] as RequestScope; // put there by `authenticate`, which runs before every route that asks
}

function hasScope(viewer: Viewer, scope: string): boolean {
  return viewer.kind !== 'anonymous' && viewer.scopes?.has(scope) === true;
}
