import { type CacheConfig, readCache } from './config/cache.js';
import { type DatabaseConfig, readAppAccount, readDatabase } from './config/database.js';
import { type DialectSettings, readDialects } from './config/dialects.js';
import { type GraphqlConfig, readGraphql } from './config/graphql.js';
import { type LimitsConfig, readLimits } from './config/limits.js';
import type { DatabaseAccount } from './config/mysql.js';
import { type OidcConfig, readOidc } from './config/oidc.js';
import { readStorage, type StorageConfig } from './config/storage.js';
import { readTelemetry, type TelemetryConfig } from './config/telemetry.js';
import {
  readChoice,
  readHost,
  readPort,
  readSecret,
  readSwitch,
  readWhole,
  type Variables,
} from './config/variables.js';

export type Environment = 'development' | 'test' | 'production';
export type LogLevel = (typeof logLevels)[number];

/** Everything the server can be told from outside; read once, at the start. */
export interface Config {
  readonly environment: Environment;
  readonly database: DatabaseConfig;
  /** Who serves with the database that `db:migrate` prepares; undefined: whoever migrates. */
  readonly appAccount: DatabaseAccount | undefined;
  readonly host: string;
  /** 0 asks the operating system for a free port. */
  readonly port: number;
  /** How long a server that was told to stop serves on, for routers to notice. */
  readonly drainDelayMs: number;
  readonly logLevel: LogLevel;
  /** GraphiQL at `/graphql` in a browser. */
  readonly playground: boolean;
  /** Swagger UI at `/docs` and Redoc at `/redoc`. */
  readonly apiDocs: boolean;
  /** Signs session tokens; shared by all processes of one service. Undefined: sessions end with this process. */
  readonly sessionSecret: string | undefined;
  /** Whether clients may read the schema, and whether errors may name parts of it they did not. */
  readonly introspection: boolean;
  readonly graphql: GraphqlConfig;
  readonly oidc: OidcConfig;
  readonly storage: StorageConfig;
  /** The settings of each dialect that is mounted, by its name. */
  readonly dialects: ReadonlyMap<string, DialectSettings>;
  readonly telemetry: TelemetryConfig;
  readonly limits: LimitsConfig;
  readonly cache: CacheConfig;
}

const environments = ['development', 'test', 'production'] as const;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/**
 * Reads and checks the environment.
 *
 * @param variables the process environment unless a test says otherwise; an empty value counts as absent
 * @param dialectNames the dialects that there are
 * @throws ConfigError naming the first variable that is wrong and the form it should have
 */
export function readConfig(variables: Variables = process.env, dialectNames: readonly string[] = []): Config {
  const environment = readChoice(variables, 'NODE_ENV', { choices: environments, fallback: 'development' });
  const production = environment === 'production';
  return Object.freeze({
    environment,
    database: readDatabase(variables),
    appAccount: readAppAccount(variables),
    host: readHost(variables, 'HOST', production ? '0.0.0.0' : '127.0.0.1'),
    port: readPort(variables, 'PORT', '3000'),
    drainDelayMs: readWhole(variables, 'DRAIN_DELAY_MS', { fallback: 7_000, min: 0, max: 15_000 }),
    logLevel: readChoice(variables, 'LOG_LEVEL', { choices: logLevels, fallback: 'info' }),
    playground: readSwitch(variables, 'PLAYGROUND', !production),
    apiDocs: readSwitch(variables, 'API_DOCS', true),
    sessionSecret: readSecret(variables, 'SESSION_SECRET'),
    introspection: readSwitch(variables, 'GRAPHQL_INTROSPECTION', !production),
    graphql: readGraphql(variables),
    oidc: readOidc(variables, production),
    storage: readStorage(variables, production),
    dialects: readDialects(variables, dialectNames),
    telemetry: readTelemetry(variables),
    limits: readLimits(variables, production),
    cache: readCache(variables),
  });
}
