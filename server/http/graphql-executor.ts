import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import { type DocumentNode, type ExecutionResult, execute, type GraphQLSchema } from 'graphql';
import type { Compiler } from '../executor/executor.js';
import type { Values } from '../executor/plan.js';

type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;

/** What a request asks for, once its document is parsed and valid. */
interface Asked {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Values | undefined;
  readonly context: unknown;
}

/** Lets Apollo run operations by plans that are made once for each document, instead of by graphql-js. */
export function executorGateway(schema: GraphQLSchema, compiler: Compiler): Gateway {
  return {
    load: async () => ({
      executor: async ({ document, request, context }) => {
        const { operationName, variables } = request;
        return run({ document, operationName, variables, context }, { schema, compiler });
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
