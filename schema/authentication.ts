import { findDomainError } from '../server/domain/errors.js';
import { anonymous, type Viewer } from '../server/domain/viewer.js';
import { bearerTokenOf, type Credentials } from '../server/http/credentials.js';
import type { RequestFacts } from '../server/http/graphql.js';
import type { Scopes } from '../server/request-scope.js';
import type { GraphqlContext } from './context.js';
import { requestError } from './errors.js';

/**
 * Makes the context of one request from the credential it came with: `x-api-key`, else `Authorization: Bearer` (a
 * session or a trusted issuer's token), else the session cookie.
 *
 * @throws GraphQLError UNAUTHENTICATED (HTTP 401) when a header holds a credential that nobody has: running the
 *   operation as someone anonymous would hide the mistake; ACCOUNT_DISABLED (403); UNAVAILABLE (503) when it cannot be
 *   verified now
 */
export async function createGraphqlContext(scopes: Scopes, facts: RequestFacts): Promise<GraphqlContext> {
  const viewer = await authenticate(scopes, facts.credentials).catch((error: unknown) => {
    const known = findDomainError(error);
    if (known?.code !== 'UNAVAILABLE' && known?.code !== 'ACCOUNT_DISABLED') throw error;
    throw requestError(known.message, known.code);
  });
  const { requestId, address, sessionCookie, charge } = facts;
  return {
    ...scopes.forViewer(viewer),
    requestId,
    address,
    sessionCookie,
    charge,
    // Apollo hands resolvers a copy of this object: `this` is that copy.
    become(next) {
      Object.assign(this, scopes.forViewer(next));
    },
  };
}

async function authenticate({ authenticator }: Scopes, credentials: Credentials): Promise<Viewer> {
  const { apiKey, authorization, sessionCookie } = credentials;
  if (apiKey !== undefined) {
    return (await authenticator.findByApiKey(apiKey)) ?? refuse('The API key in x-api-key is not valid.');
  }
  if (authorization !== undefined) {
    const token = bearerTokenOf(authorization);
    if (token === undefined) refuse('The Authorization header is not of the form "Bearer TOKEN".');
    return (await authenticator.findByBearer(token)) ?? refuse('The bearer token is not valid.');
  }
  // A cookie comes along unasked: one that is no longer good is no mistake of the request's.
  return (sessionCookie === undefined ? undefined : await authenticator.findBySession(sessionCookie)) ?? anonymous;
}

function refuse(message: string): never {
  throw requestError(message, 'UNAUTHENTICATED');
}
