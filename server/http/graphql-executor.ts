import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema, OperationTypeNode } from 'graphql';
import type { Compiler } from '../executor/executor.js';
import type { Values } from '../executor/plan.js';
import { hasCredential } from './credentials.js';
import { type ResultCache, resultOf } from './graphql-kept.js';

type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;

/** What a request asks for, once its document is parsed and valid. */
interface Asked {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Values | undefined;
  readonly context: unknown;
}

export interface ExecutorParts {
  readonly schema: GraphQLSchema;
  readonly compiler: Compiler;
  /** Where results of anonymous queries are kept; undefined: nowhere. */
  readonly results: ResultCache | undefined;
}

/** Lets Apollo run operations by plans that are made once for each document, instead of by graphql-js. */
export function executorGateway({ schema, compiler, results }: ExecutorParts): Gateway {
  return {
    load: async () => ({
      executor: async ({ document, request, context, operation, queryHash }) => {
        const { operationName, variables, http } = request;
        const work = () => run({ document, operationName, variables, context }, { schema, compiler });
        const open =
          results &&
          operation.operation === OperationTypeNode.QUERY &&
          http &&
          !hasCredential((name) => http.headers.has(name));
        return open ? resultOf(results, { queryHash, operationName, variables }, work) : work();
      },
    }),
    onSchemaLoadOrUpdate: (tell) => {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => {};
    },
    stop: async () => {},
  };
}

function run(
  { document, operationName, variables, context }: Asked,
  { schema, compiler }: { schema: GraphQLSchema; compiler: Compiler },
): ExecutionResult | Promise<ExecutionResult> {
  const operation = compiler.compile(document, operationName);
  // It says in its own words that there is no such operation.
  if (!operation) return execute({ schema, document, operationName });
  const coerced = operation.coerce(variables);
  return 'errors' in coerced ? coerced : operation.run(coerced.values, context);
}
