import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import { RateLimitedError } from '../server/domain/errors.js';
import type { Logger } from '../server/logger.js';
import { buildSchema } from './build-schema.js';
import type { GraphqlContext } from './context.js';
import { formatGraphqlError, isFault, rateLimited, unavailablePlugin } from './errors.js';
import { checkLimits } from './limits.js';

export { createGraphqlContext } from './authentication.js';
export { limits } from './limits.js';

/** The schema with its limits; built once. */
export interface GraphqlProtocol {
  readonly schema: GraphQLSchema;
  readonly plugins: ApolloServerPlugin<GraphqlContext>[];
  /** Names of fields whose values depend on who asks. */
  readonly personalFields: ReadonlySet<string>;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** @param logger is told of faults, with the id of the request that met them */
export function createGraphqlProtocol(logger: Logger): GraphqlProtocol {
  return {
    schema: buildSchema(),
    plugins: [limitsPlugin, unavailablePlugin, faultPlugin(logger)],
    personalFields,
    formatError: formatGraphqlError,
  };
}

/** Everything else reads the same for everyone. */
const personalFields: ReadonlySet<string> = new Set([
  'viewer',
  'active',
  'apiKeys',
  'auditLog',
  'email',
  'library',
  'playlist',
  'playlists',
  'users',
  'watchlist',
]);

const limitsPlugin: ApolloServerPlugin<GraphqlContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request, contextValue }) => {
      if (!operation) return;
      const cost = checkLimits({ schema, document, operation, variables: request.variables ?? {} });
      await charge(contextValue, cost);
    },
  }),
};

/** Cost that a point of the rate limit buys beyond the request's own. */
const costPerPoint = 100;

/** Charges a large operation what it costs, before it runs. @throws GraphQLError (RATE_LIMITED, HTTP 429) */
async function charge(context: GraphqlContext, cost: number): Promise<void> {
  const points = Math.floor(cost / costPerPoint);
  if (points === 0) return;
  await context.charge(points).catch((error: unknown) => {
    throw error instanceof RateLimitedError ? rateLimited(error) : error;
  });
}

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
        for (const error of errors) {
          const { originalError } = error;
          if (originalError && isFault(error)) log(originalError, contextValue.requestId);
        }
      },
    }),
  };
}
