import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Logger } from '../server/logger.js';
import { buildSchema } from './build-schema.js';
import type { GraphqlContext } from './context.js';
import { formatGraphqlError, isFault, unavailablePlugin } from './errors.js';
import { checkLimits } from './limits.js';

export { createGraphqlContext } from './authentication.js';
export { limits } from './limits.js';

/** The schema with its limits; built once. */
export interface GraphqlProtocol {
  readonly schema: GraphQLSchema;
  readonly plugins: ApolloServerPlugin<GraphqlContext>[];
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** @param logger is told of faults, with the id of the request that met them */
export function createGraphqlProtocol(logger: Logger): GraphqlProtocol {
  return {
    schema: buildSchema(),
    plugins: [limitsPlugin, unavailablePlugin, faultPlugin(logger)],
    formatError: formatGraphqlError,
  };
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
