import express, { type Express } from 'express';
import { createGraphqlContext, createGraphqlProtocol, limits } from '../schema/protocol.js';
import type { Config } from './config.js';
import { Database } from './database/database.js';
import type { FindByBearer } from './domain/users/authenticator.service.js';
import { accessLog } from './http/access-log.js';
import { lastResort, notFound } from './http/fallback.js';
import { createGraphqlRouter } from './http/graphql.js';
import { createHealthRouter } from './http/health.js';
import { createPlaygroundRouter } from './http/playground.js';
import { requestId } from './http/request-id.js';
import type { Logger } from './logger.js';
import { createScopes } from './request-scope.js';
import { createMimoRouter } from './rest/mimo/index.js';
import { createMovieLensRouter } from './rest/movielens/index.js';

/** The whole server, ready to be listened with. */
export interface App {
  readonly handler: Express;
  readonly database: Database;
  /** Finishes what is running and closes the database. */
  close(): Promise<void>;
}

export interface AppOptions {
  /** Called after each SQL statement; for whoever counts them. */
  readonly onStatement?: () => void;
  /** Whose bearer token it is; unless it is given, nobody's. */
  readonly findByBearer?: FindByBearer;
}

/** Wires everything together: the one place that mounts protocols. */
export async function createApp(config: Config, logger: Logger, options: AppOptions = {}): Promise<App> {
  const database = await Database.open(config.database, options.onStatement);
  const scopes = createScopes(database, options.findByBearer ?? nobody);
  const handler = express();
  handler.disable('x-powered-by');
  handler.use(requestId, accessLog(logger));
  handler.use(createHealthRouter(database));

  if (config.playground) handler.use(createPlaygroundRouter());
  const graphql = await createGraphqlRouter(
    {
      ...createGraphqlProtocol(logger),
      introspection: config.introspection,
      maxTokens: limits.maxTokens,
      createContext: (facts) => createGraphqlContext(scopes, facts),
    },
    logger,
  );
  handler.use(graphql.router);
  handler.use(createMimoRouter(scopes, logger));
  handler.use(createMovieLensRouter(scopes, logger, config.movieLensScope));

  handler.use(notFound, lastResort(logger));
  return {
    handler,
    database,
    close: async () => {
      await graphql.stop();
      await database.close();
    },
  };
}

const nobody: FindByBearer = async () => undefined;
