import { findDomainError } from '../server/domain/errors.js';
import type { RequestFacts } from '../server/http/graphql.js';
import { type CredentialFault, findViewer } from '../server/http/viewer.js';
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
  const viewer = await findViewer(scopes, facts.credentials, refusal).catch((error: unknown) => {
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

const messages = {
  unknownApiKey: 'The API key in x-api-key is not valid.',
  malformedAuthorization: 'The Authorization header is not of the form "Bearer TOKEN".',
  unknownBearer: 'The bearer token is not valid.',
} as const satisfies Record<CredentialFault, string>;

function refusal(fault: CredentialFault): Error {
  return requestError(messages[fault], 'UNAUTHENTICATED');
}
