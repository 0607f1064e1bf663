import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { type ErrorRequestHandler, type RequestHandler, type Response, Router } from 'express';
import { type GraphQLFormattedError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { type DomainErrorCode, findDomainError } from '../domain/errors.js';
import { Compiler } from '../executor/executor.js';
import type { DocumentStore } from '../limits/document-store.js';
import type { Logger } from '../logger.js';
import { type Credentials, readCredentials, type SessionCookie, sessionCookieOf } from './credentials.js';
import { createCachePlugin, privateAnswers } from './graphql-cache.js';
import { KnownDocuments } from './graphql-documents.js';
import { graphqlDoor } from './graphql-door.js';
import { executorGateway } from './graphql-executor.js';
import { type ResultCache, resultOf } from './graphql-kept.js';
import { GraphqlLane } from './graphql-lane.js';
import { type Manifest, onlyRegistered } from './graphql-manifest.js';
import { operationPlugin } from './graphql-operation.js';
import { type KnownRequest, Pipeline } from './graphql-pipeline.js';
import { bodyFaultOf, jsonBody } from './json-body.js';
import type { Door } from './load-shedding.js';
import { enterProtocol } from './observe-requests.js';
import { type Lane, type PlainHandler, type PlainRequest, type PlainResponse, refuseAgain } from './plain-handler.js';
import { requestIdOf } from './request-id.js';

/** A schema, and how to serve it; what they mean is the schema's business. */
export interface GraphqlEndpoint<Context extends BaseContext> {
  readonly schema: GraphQLSchema;
  readonly plugins: readonly ApolloServerPlugin<Context>[];
  /** Whether clients may read the schema, and errors may suggest parts of it. */
  readonly introspection: boolean;
  readonly maxTokens: number;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** Whether session cookies travel over HTTPS only. */
  readonly secureCookies: boolean;
  readonly createContext: (facts: RequestFacts) => Promise<Context>;
  /** Where clients register documents (automatic persisted queries). */
  readonly documents: DocumentStore;
  /** The only documents that are run; undefined: any. */
  readonly manifest: Manifest | undefined;
  /** How long caches may use public answers without asking again. */
  readonly maxAgeSeconds: number;
  /** Names of fields whose values depend on who asks. */
  readonly personalFields: ReadonlySet<string>;
  /** Where results of anonymous queries are kept; undefined: nowhere. */
  readonly results: ResultCache | undefined;
  /** What answers have for pages of other origins, and preflights are answered by. */
  readonly allowOrigins: PlainHandler;
  /** What every request passes first, */
  readonly gate: readonly PlainHandler[];
  /** and then this, if it has an idempotency key. */
  readonly idempotent: RequestHandler;
  /** Where a request comes from. */
  readonly addressOf: (request: PlainRequest) => string | undefined;
  /** Takes more of whoever sent a request. @throws RateLimitedError */
  readonly charge: (response: PlainResponse, points: number) => Promise<void>;
}

/** What is known of a request before its operation runs. */
export interface RequestFacts {
  readonly requestId: string;
  /** Where it comes from. */
  readonly address: string;
  readonly credentials: Credentials;
  readonly sessionCookie: SessionCookie;
  /** Takes so many points more of what they may ask for. @throws RateLimitedError */
  readonly charge: (points: number) => Promise<void>;
}

export interface MountedGraphql {
  readonly router: Router;
  /** Answers most requests before they come to the router; undefined where only registered documents are run. */
  readonly lane: Lane | undefined;
  /** Refuses for it. */
  readonly door: Door;
  /** Lets running operations finish. */
  stop(): Promise<void>;
}

/** Serves GraphQL over HTTP at `/graphql` (GraphQL-over-HTTP specification; CSRF prevention on). */
export async function createGraphqlRouter<Context extends BaseContext>(
  endpoint: GraphqlEndpoint<Context>,
  logger: Logger,
): Promise<MountedGraphql> {
  const { schema, manifest, documents } = endpoint;
  const compiler = new Compiler(schema);
  const known = new KnownDocuments();
  const cachePlugin = createCachePlugin(endpoint.maxAgeSeconds, endpoint.personalFields);
  const plugins = [operationPlugin, legacyStatusPlugin, cachePlugin, ...endpoint.plugins];
  const server = new ApolloServer<Context>({
    gateway: executorGateway({ schema, compiler, results: endpoint.results }),
    plugins: [...stockPluginsOff, known.plugin, ...plugins],
    introspection: endpoint.introspection,
    hideSchemaDetailsFromClientErrors: !endpoint.introspection,
    includeStacktraceInErrorResponses: false,
    parseOptions: { maxLexicalTokens: endpoint.maxTokens },
    persistedQueries: manifest ? false : { cache: documents },
    formatError: endpoint.formatError,
    stopOnTerminationSignals: false,
    logger,
  });
  await server.start();
  const createContext = contextCreator(endpoint);
  const enter = [enterProtocol('graphql'), privateAnswers, endpoint.allowOrigins];
  const router = Router();
  router.use(
    '/graphql',
    ...enter,
    allowedMethods,
    refuseAgain,
    ...endpoint.gate,
    endpoint.idempotent,
    jsonBody(),
    absentBody,
    ...(manifest ? [onlyRegistered(manifest)] : []),
    expressMiddleware(server, { context: ({ req, res }) => createContext(req, res) }),
    bodyFaults,
    gateFaults,
  );
  const { formatError, addressOf } = endpoint;
  const pipeline = new Pipeline({ schema, plugins, formatError, execute: runnerOf(endpoint.results), logger });
  const gate = [...enter, ...endpoint.gate];
  const lane = new GraphqlLane({ documents: known, compiler, pipeline, gate, createContext, addressOf });
  return { router, lane: manifest ? undefined : lane, door: graphqlDoor(enter), stop: () => server.stop() };
}

/** Runs operations that were let through before, or finds what an anonymous query came to. */
function runnerOf(results: ResultCache | undefined) {
  return ({ known, operation, operationName, given, variables, anonymous }: KnownRequest, context: unknown) => {
    const work = () => operation.run(variables, context);
    const open = results && anonymous && operation.definition.operation === OperationTypeNode.QUERY;
    return open ? resultOf(results, { queryHash: known.queryHash, operationName, variables: given }, work) : work();
  };
}

function contextCreator<Context extends BaseContext>({
  createContext,
  charge,
  secureCookies,
}: GraphqlEndpoint<Context>) {
  return (request: PlainRequest, response: PlainResponse): Promise<Context> =>
    createContext({
      requestId: requestIdOf(response),
      address: request.ip ?? 'unknown',
      credentials: readCredentials(request, secureCookies),
      sessionCookie: sessionCookieOf(response, secureCookies),
      charge: (points) => charge(response, points),
    });
}

/**
 * No cache hints are used (they cost 40 % of an execution), Apollo's landing page loads from a CDN, and nothing is told to
 * Apollo's own services: what their reports are encoded with is not installed, because it runs a script when it is.
 */
const stockPluginsOff = [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
];

const allowedMethods: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'POST') return next();
  response.set('allow', 'GET, POST');
  sendRequestError(response, 405, 'GraphQL is served to GET and POST.');
};

/** Apollo itself answers a missing body, or one of another content type, but wants to see an object. */
const absentBody: RequestHandler = (request, _response, next) => {
  request.body ??= {};
  next();
};

const bodyFaultAnswers = {
  malformed: [400, 'The request body is not valid JSON.'],
  tooLarge: [413, 'The request body is too large.'],
  unsupported: [415, 'The request body has a charset or content encoding that is not supported.'],
} as const;

const bodyFaults: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const fault = bodyFaultOf(error);
  if (!fault) return next(error);
  const [status, message] = bodyFaultAnswers[fault];
  sendRequestError(response, status, message);
};

/** What is refused before there is an operation, as a status. */
const gateStatuses: Partial<Record<DomainErrorCode, number>> = {
  INVALID: 422,
  CONFLICT: 409,
  TOO_LARGE: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

const gateFaults: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const known = findDomainError(error);
  const status = known && gateStatuses[known.code];
  if (!known || status === undefined) return next(error);
  if (known.code === 'RATE_LIMITED') response.set('Retry-After', String(known.retryAfterSeconds));
  if (known.code === 'UNAVAILABLE') response.set('Retry-After', '5');
  const { message, code } = known;
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
};

function sendRequestError(response: Response, status: number, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
}

/**
 * GraphQL-over-HTTP, section 6.4.1: a client that asked for `application/json` gets 200 for a well-formed request, even
 * when its document fails; the newer media type gets the status that says so.
 */
const legacyStatusPlugin: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response, request }) => {
      const { body, http } = response;
      if (http.status !== 400 || body.kind !== 'single' || !request.query) return;
      const accept = request.http?.headers.get('accept') ?? '';
      if (!accept.includes('application/graphql-response+json')) http.status = 200;
    },
  }),
};
