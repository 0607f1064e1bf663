import type { RequestListener } from 'node:http';
import express, { type Express, Router } from 'express';
import type { LogEvent } from 'kysely';
import { createGraphqlContext, createGraphqlProtocol, limits as graphqlLimits } from '../schema/protocol.js';
import type { AnswerCache } from './cache/answer-cache.js';
import { createCaches } from './cache/caches.js';
import type { Config } from './config.js';
import { Database } from './database/database.js';
import { IdempotencyRepository } from './domain/idempotency/idempotency.repository.js';
import { accessLog } from './http/access-log.js';
import { createApiDocsRouter } from './http/api-docs/api-docs.js';
import { type ApiDocument, readDocument } from './http/api-docs/open-api.js';
import { createApiPagesRouter } from './http/api-docs/pages.js';
import { serverContract } from './http/api-docs/server-contract.js';
import { allowOrigins } from './http/cors.js';
import { createDiscoveryRouter, type Discovery } from './http/discovery.js';
import { Drain } from './http/drain.js';
import { lastResort, notFound } from './http/fallback.js';
import { createFilesRouter } from './http/files.js';
import { addressesOf, createFront } from './http/front.js';
import { createGraphqlRouter, type MountedGraphql } from './http/graphql.js';
import { graphqlIdempotency } from './http/graphql-idempotency.js';
import { readManifest } from './http/graphql-manifest.js';
import { createHealthRouter } from './http/health.js';
import { idempotent } from './http/idempotency.js';
import { type KeptAnswer, keepAnswers } from './http/kept-answers.js';
import type { LoadLimits } from './http/load-limit.js';
import { shedLoad } from './http/load-shedding.js';
import { observeRequests } from './http/observe-requests.js';
import { createPlaygroundRouter } from './http/playground.js';
import { ReadLane } from './http/read-lane.js';
import { createRequestLimit } from './http/request-limit.js';
import { securityHeaders } from './http/security-headers.js';
import { openDevIssuer } from './identity/dev-issuer.js';
import { createTokenVerifier, type LocalIssuer } from './identity/jose-token-verifier.js';
import { createSessionTokens } from './identity/session-token.js';
import type { TokenVerifier } from './identity/token-verifier.js';
import { createDocumentStore } from './limits/document-store.js';
import { openLimits } from './limits/limits.js';
import type { Logger } from './logger.js';
import { createScopes } from './request-scope.js';
import { countDialectCalls } from './rest/count-calls.js';
import { chooseDialects, createDialectsDoor, createDialectsRouter, type MountedDialect } from './rest/mount.js';
import { openImageParts } from './storage/open-store.js';
import { openTelemetry } from './telemetry/telemetry.js';

export { dialectNames } from './rest/mount.js';

/** The whole server, ready to be listened with. */
export interface App {
  /** Takes every request. */
  readonly handler: RequestListener;
  /** What takes those that nothing faster takes: it has every route. */
  readonly express: Express;
  readonly database: Database;
  /** Begun when the server is about to stop. */
  readonly drain: Drain;
  /** Writes at once what is otherwise written some seconds later. */
  flush(): Promise<void>;
  /** Finishes what is running and closes the database. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Called after each SQL statement; for whoever counts them, or looks at them. */
  readonly onStatement?: (event: LogEvent) => void;
  /** Verifies bearer tokens instead of what the configuration says. */
  readonly tokenVerifier?: TokenVerifier;
  /** When it has too much to do. */
  readonly load?: LoadLimits;
}

/** Wires everything together: the one place that mounts protocols. */
export async function createApp(config: Config, logger: Logger, options: AppOptions = {}): Promise<App> {
  const parts = await openParts(config, logger, options);
  const { database, telemetry, limits, scopes, shed, secureCookies, requestLimit } = parts;
  const handler = express();
  handler.disable('x-powered-by');
  handler.set('trust proxy', config.limits.trustProxy);
  const drain = new Drain();
  const always = [
    drain.track,
    observeRequests(telemetry, accessLog(logger), countDialectCalls(scopes)),
    securityHeaders(secureCookies),
  ];
  handler.use(createHealthRouter(database, drain));
  if (config.playground) handler.use(createPlaygroundRouter());
  const graphql = await openGraphql(config, parts, handler);
  handler.use(graphql.router);
  shed.add(graphql.door);
  const gate = [requestLimit.enter];
  handler.use(await createFilesRouter({ scopes, logger, storage: config.storage, secureCookies, gate }));
  const keptAnswers = parts.caches.open<KeptAnswer>('rest', database);
  const reads = new ReadLane({ addressOf: addressesOf(handler), answers: keptAnswers });
  await mountDialects(handler, config, { ...parts, keptAnswers, lane: reads });
  handler.use(notFound, lastResort(logger));
  return {
    handler: createFront({
      always,
      lanes: [shed.lane, reads, ...(graphql.lane ? [graphql.lane] : [])],
      express: handler,
    }),
    express: handler,
    database,
    drain,
    flush: async () => void (await Promise.all([scopes.flush(), telemetry.flush()])),
    close: async () => {
      await graphql.stop();
      await scopes.close();
      limits.close();
      await database.close();
      await telemetry.close();
    },
  };
}

type Parts = Awaited<ReturnType<typeof openParts>>;

/** What protocols are served with. */
async function openParts(config: Config, logger: Logger, options: AppOptions) {
  const telemetry = await openTelemetry(config.telemetry, logger);
  const { metrics } = telemetry;
  const limits = await openLimits(config.limits, {
    logger,
    countLimit: (limit, outcome) => metrics.countLimit(limit, outcome),
  });
  const caches = createCaches({
    config: config.cache,
    engine: config.database.engine,
    redis: limits.redis,
    count: (cache, outcome) => metrics.countCache(cache, outcome),
  });
  const observe = (event: LogEvent) => {
    telemetry.observeStatement(event);
    options.onStatement?.(event);
  };
  const database = await Database.open(config.database, observe, caches.watch);
  metrics.watchPool(() => database.pool ?? { busy: 0, waiting: 0 });
  const scopes = createScopes({
    database,
    sessionTokens: createSessionTokens(config.sessionSecret),
    tokenVerifier: options.tokenVerifier ?? (await openTokenVerifier(config, logger)),
    ...(await openImageParts(config.storage)),
    limiters: limits.limiters,
    logger,
  });
  return {
    logger,
    shed: shedLoad(logger, options.load),
    telemetry,
    database,
    limits,
    caches,
    scopes,
    requestLimit: createRequestLimit(limits.limiters, config.limits.pointsPerMinute),
    idempotency: new IdempotencyRepository(database),
    secureCookies: config.environment === 'production',
  };
}

async function openGraphql(config: Config, parts: Parts, handler: Express): Promise<MountedGraphql> {
  const { introspection, graphql } = config;
  const { logger, scopes, database, limits, caches, shed, requestLimit, idempotency, secureCookies } = parts;
  return createGraphqlRouter(
    {
      ...createGraphqlProtocol(logger),
      introspection,
      maxTokens: graphqlLimits.maxTokens,
      secureCookies,
      createContext: (facts) => createGraphqlContext(scopes, facts),
      documents: createDocumentStore(limits.redis),
      results: caches.open('graphql', database),
      manifest: graphql.manifest === undefined ? undefined : await readManifest(graphql.manifest),
      maxAgeSeconds: graphql.maxAgeSeconds,
      allowOrigins: allowOrigins(config.limits.corsOrigins),
      gate: [shed.gate, requestLimit.enter],
      idempotent: idempotent(idempotency, logger, graphqlIdempotency),
      addressOf: addressesOf(handler),
      charge: (response, points) => requestLimit.charge(response, points),
    },
    logger,
  );
}

/** The dialects and their contracts. */
async function mountDialects(
  handler: Express,
  config: Config,
  parts: Parts & { lane: ReadLane; keptAnswers: AnswerCache<KeptAnswer> | undefined },
): Promise<void> {
  const { logger, scopes, limits, shed, requestLimit, secureCookies, lane } = parts;
  const dialects = chooseDialects(config.dialects);
  handler.use(await createGuideRouter(config, dialects));
  shed.add(createDialectsDoor(dialects));
  const kept = parts.keptAnswers ? [keepAnswers(parts.keptAnswers)] : [];
  const ways = { gate: [shed.gate, requestLimit.enter], idempotent: idempotent(parts.idempotency, logger), kept, lane };
  handler.use(createDialectsRouter(dialects, { scopes, logger, secureCookies, limiters: limits.limiters, ...ways }));
}

/** Says what there is: `GET /`, the documents of the dialects and of the server, and pages that show them. */
async function createGuideRouter(config: Config, dialects: readonly MountedDialect[]): Promise<Router> {
  const router = Router();
  router.use(createDiscoveryRouter(discover(config, dialects)));
  const contracts = [...dialects.map(({ dialect }) => dialect), serverContract];
  router.use(createApiDocsRouter(await Promise.all(contracts.map(readContract))));
  if (config.apiDocs) router.use(createApiPagesRouter());
  return router;
}

/** What `GET /` says: what is mounted, and nothing else. */
function discover({ apiDocs }: Config, dialects: readonly MountedDialect[]): Discovery {
  return {
    ok: true,
    message: 'Welcome to Filmgraph',
    ...(apiDocs && { docs: '/docs' }),
    openapi: '/openapi.json',
    graphql: '/graphql',
    dialects: dialects.map(({ dialect: { name, title, entry } }) => {
      return { name, title, entry, openapi: `/openapi/${name}.json` };
    }),
  };
}

type Contract = Pick<MountedDialect['dialect'], 'name' | 'title' | 'contract'>;

async function readContract({ name, title, contract }: Contract): Promise<ApiDocument> {
  return { name, title, document: await readDocument(contract) };
}

/** Trusts the configured issuers and, for developers, the development issuer. */
async function openTokenVerifier(config: Config, logger: Logger): Promise<TokenVerifier> {
  return createTokenVerifier(config.oidc, logger, { local: await openLocalIssuer(config, logger) });
}

/** The development issuer where there is one; a server whose folder cannot be written to goes without. */
async function openLocalIssuer({ environment }: Config, logger: Logger): Promise<LocalIssuer | undefined> {
  if (environment !== 'development') return undefined;
  try {
    return await openDevIssuer(environment);
  } catch (err) {
    logger.warn({ err }, 'the development issuer cannot be used');
    return undefined;
  }
}
