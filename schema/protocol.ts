import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { findDomainError } from '../server/domain/errors.js';
import { anonymous, type Viewer } from '../server/domain/viewer.js';
import type { Logger } from '../server/logger.js';
import type { Scopes } from '../server/request-scope.js';
import { buildSchema } from './build-schema.js';
import type { GraphqlContext } from './context.js';
import { formatGraphqlError, isFault, requestError } from './errors.js';
import { checkLimits } from './limits.js';

export { limits } from './limits.js';

/** The schema with its limits; built once. */
export interface GraphqlProtocol {
  readonly schema: GraphQLSchema;
  readonly plugins: ApolloServerPlugin<GraphqlContext>[];
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** What the HTTP side found out about a request. */
export interface RequestFacts {
  readonly requestId: string;
  readonly apiKey: string | undefined;
}

/** @param logger is told of faults, with the id of the request that met them */
export function createGraphqlProtocol(logger: Logger): GraphqlProtocol {
  return { schema: buildSchema(), plugins: [limitsPlugin, faultPlugin(logger)], formatError: formatGraphqlError };
}

/**
 * Makes the context of one request.
 *
 * @throws GraphQLError UNAUTHENTICATED (HTTP 401) when a credential was sent that nobody has: running the operation as
 *   someone anonymous would hide the mistake; UNAVAILABLE (HTTP 503) when it cannot be verified now
 */
export async function createGraphqlContext(
  scopes: Scopes,
  { requestId, apiKey }: RequestFacts,
): Promise<GraphqlContext> {
  const viewer = apiKey === undefined ? anonymous : await authenticate(scopes, apiKey);
  return { ...scopes.forViewer(viewer), requestId };
}

async function authenticate(scopes: Scopes, apiKey: string): Promise<Viewer> {
  const viewer = await scopes.authenticator.findByApiKey(apiKey).catch((error: unknown) => {
    const known = findDomainError(error);
    throw known?.code === 'UNAVAILABLE' ? requestError(known.message, 'UNAVAILABLE', 503) : error;
  });
  if (!viewer) throw requestError('The API key in x-api-key is not valid.', 'UNAUTHENTICATED', 401);
  return viewer;
}

const limitsPlugin: ApolloServerPlugin<GraphqlContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      if (operation) checkLimits({ schema, document, operation, variables: request.variables ?? {} });
    },
  }),
};

/** Logs what clients only see as an internal error. */
function faultPlugin(logger: Logger): ApolloServerPlugin<GraphqlContext> {
  const log = (error: unknown, requestId?: string) => {
    if (isFault(error)) logger.error({ requestId, err: error }, 'GraphQL fault');
  };
  return {
    contextCreationDidFail: async ({ error }) => log(error),
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) => {
        // What no resolver threw is about the request: a syntax, validation or coercion error.
        for (const { originalError } of errors) if (originalError) log(originalError, contextValue.requestId);
      },
    }),
  };
}
