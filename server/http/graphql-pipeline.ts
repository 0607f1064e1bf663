import {
  type ApolloServerPlugin,
  type BaseContext,
  type GraphQLRequestContext,
  type GraphQLRequestListener,
  type GraphQLResponse,
  HeaderMap,
  type HTTPGraphQLHead,
} from '@apollo/server';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { CompiledOperation } from '../executor/executor.js';
import type { Values } from '../executor/plan.js';
import type { Logger } from '../logger.js';
import type { KnownDocument } from './graphql-documents.js';
import { type FormatError, formatErrors, mergeHead, toGraphqlError } from './graphql-errors.js';

/** An operation that Apollo has let through before, and what it is asked with this time. */
export interface KnownRequest {
  readonly known: KnownDocument;
  readonly text: string;
  readonly operation: CompiledOperation;
  readonly operationName: string | undefined;
  /** As the client sent them, and coerced. */
  readonly given: Values | undefined;
  readonly variables: Values;
  readonly accept: string | undefined;
  /** Whether it says nothing of who sends it. */
  readonly anonymous: boolean;
}

/** What is answered to a request. */
export interface PipelineAnswer {
  readonly head: HTTPGraphQLHead;
  readonly body: { readonly errors?: readonly GraphQLFormattedError[]; readonly data?: ExecutionResult['data'] };
}

export interface PipelineParts<Context extends BaseContext> {
  readonly schema: GraphQLSchema;
  /** Asked as Apollo asks them; none may want to be told of parsing, validation or single fields. */
  readonly plugins: readonly ApolloServerPlugin<Context>[];
  readonly formatError: FormatError;
  readonly execute: (request: KnownRequest, context: Context) => ExecutionResult | Promise<ExecutionResult>;
  readonly logger: Logger;
}

/**
 * What Apollo Server does with a request whose document it has parsed and validated before: the same plugins are asked
 * the same things in the same order, and errors are formatted likewise.
 */
export class Pipeline<Context extends BaseContext> {
  readonly #parts: PipelineParts<Context>;

  constructor(parts: PipelineParts<Context>) {
    this.#parts = parts;
  }

  /** Does not fail. */
  async run(request: KnownRequest, createContext: () => Promise<Context>): Promise<PipelineAnswer> {
    let context: Context;
    try {
      context = await createContext();
    } catch (error) {
      const known = error instanceof Error ? error : toGraphqlError(error);
      await all(this.#parts.plugins, (plugin) => plugin.contextCreationDidFail?.({ error: known }));
      return this.#refusal(toGraphqlError(known, 'Context creation failed: '));
    }
    try {
      return await this.#runWith(request, context);
    } catch (error) {
      this.#parts.logger.error(`Unexpected error processing request: ${String(error)}`);
      return this.#refusal(new Error('Internal server error'));
    }
  }

  async #runWith(request: KnownRequest, contextValue: Context): Promise<PipelineAnswer> {
    const context = this.#contextOf(request, contextValue);
    const started = await all(this.#parts.plugins, (plugin) => plugin.requestDidStart?.(context));
    const listeners = started.filter((listener) => listener !== undefined);
    try {
      await all(listeners, (listener) => listener.didResolveOperation?.(context));
    } catch (error) {
      return this.#finish(context, listeners, { errors: [toGraphqlError(error)] });
    }
    return this.#finish(context, listeners, await this.#parts.execute(request, contextValue));
  }

  /** What plugins look at; Apollo's own type says more than there is to see of a request that was seen before. */
  #contextOf({ known, text, operation, ...request }: KnownRequest, contextValue: Context): PluginContext<Context> {
    const headers = new HeaderMap(request.accept === undefined ? [] : [['accept', request.accept]]);
    return {
      schema: this.#parts.schema,
      source: text,
      document: known.document,
      queryHash: known.queryHash,
      operation: operation.definition,
      operationName: operation.definition.name?.value ?? null,
      request: {
        query: text,
        operationName: request.operationName,
        variables: request.given,
        http: { method: 'POST', headers, search: '', body: undefined },
      },
      response: { http: { status: undefined, headers: new HeaderMap() }, body: undefined },
      contextValue,
    } as unknown as PluginContext<Context>; // see above
  }

  async #finish(
    context: PluginContext<Context>,
    listeners: readonly GraphQLRequestListener<Context>[],
    { errors, data }: ExecutionResult,
  ): Promise<PipelineAnswer> {
    const { http } = context.response;
    let formatted: readonly GraphQLFormattedError[] | undefined;
    if (errors) {
      context.errors = errors;
      await all(listeners, (listener) => listener.didEncounterErrors?.(context));
      const told = formatErrors(errors, this.#parts.formatError);
      mergeHead(http, told.head);
      if (data === undefined) http.status ??= 500;
      formatted = told.errors;
    }
    const body = { ...(formatted && { errors: formatted }), ...(data !== undefined && { data }) };
    context.response.body = { kind: 'single', singleResult: body };
    await all(listeners, (listener) => listener.willSendResponse?.(context));
    return { head: http, body };
  }

  #refusal(error: Error): PipelineAnswer {
    const { errors, head } = formatErrors([error], this.#parts.formatError);
    head.status ??= 500;
    return { head, body: { errors } };
  }
}

/** A context as far as plugins may change it; each stage sees what the ones before it have put in. */
type PluginContext<Context extends BaseContext> = Required<
  Omit<GraphQLRequestContext<Context>, 'errors' | 'response'>
> & {
  errors: readonly GraphQLError[];
  readonly response: GraphQLResponse;
};

/** Asks all of those who have something to say, at the same time. */
function all<Asked, Said>(whom: readonly Asked[], ask: (one: Asked) => Promise<Said> | undefined): Promise<Said[]> {
  const answers: Promise<Said>[] = [];
  for (const one of whom) {
    const answer = ask(one);
    if (answer) answers.push(answer);
  }
  return Promise.all(answers);
}
