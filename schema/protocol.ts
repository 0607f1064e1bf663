import type { Config } from '../server/config.js';
import type { Scopes } from '../server/request-scope.js';

/** What the HTTP side needs to serve GraphQL. */
export interface GraphqlProtocol {
  readonly scopes: Scopes;
  readonly config: Config;
}

export function createGraphqlProtocol(scopes: Scopes, config: Config): GraphqlProtocol {
  return { scopes, config };
}
