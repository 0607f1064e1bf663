import { type GraphqlConfig, readGraphql } from './config/graphql.js';
import { type LimitsConfig, readLimits } from './config/limits.js';
import { type Retirement, readRetirement } from './config/retirement.js';
import {
  type DatabaseAccount,
  type DatabaseLimits,
  describeTls,
  type MySqlConfig,
  parseMySqlUrl,
  tlsChoices,
} from './mysql-config.js';
import {
  ConfigError,
  readChoice,
  readCount,
  readHost,
  readList,
  readOrigins,
  readPort,
  readRatio,
  readScope,
  readSecret,
  readSwitch,
  readText,
  readUrl,
  readUrls,
  readWhole,
  type Variables,
} from './variables.js';

export { ConfigError } from './variables.js';

/** Which database to open. Relative SQLite paths start at the working directory. */
export type DatabaseConfig = ({ readonly engine: 'sqlite'; readonly path: string } | MySqlConfig) & {
  /** Waits as long as it takes: for commands, whose statements may take minutes. */
  readonly patient?: true;
};

/** Whose bearer tokens are accepted. Without issuers, none are. */
export interface OidcConfig {
  readonly issuers: readonly OidcIssuer[];
  /** Names of this API, of which a token must carry one, whoever issued it. */
  readonly audiences: readonly string[];
}

export interface OidcIssuer {
  /** Exactly as its tokens spell it. */
  readonly issuer: string;
  /** Where its keys are; undefined asks the issuer. */
  readonly jwksUrl: string | undefined;
}

/** Where images are kept. */
export type StorageConfig = DiskConfig | S3Config;

export interface DiskConfig {
  readonly kind: 'disk';
  /** Relative paths start at the working directory. */
  readonly imagesFolder: string;
  /** Where films are, when they are ours. */
  readonly mediaFolder: string;
  /** Where clients reach this server; without a slash at its end. */
  readonly publicUrl: string;
}

export interface S3Config {
  readonly kind: 's3';
  readonly bucket: string;
  readonly region: string;
  /** A stand-in for AWS; without a slash at its end. */
  readonly endpoint: string | undefined;
  /** Where everyone reads the bucket from, when that is not AWS itself; without a slash at its end. */
  readonly publicBaseUrl: string | undefined;
  /** Undefined leaves finding them to the SDK: the role of a task, for one. */
  readonly credentials: S3Credentials | undefined;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

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
}

/** What the server tells about itself beside its log. */
export interface TelemetryConfig {
  /** Where Prometheus may ask for metrics; undefined: nowhere, and nothing is counted. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Undefined: nothing is traced. */
  readonly traces: TracesConfig | undefined;
}

/** Where spans are sent to, and which. */
export interface TracesConfig {
  /** Takes OTLP over HTTP. */
  readonly url: string;
  readonly serviceName: string;
  /** Of requests that are no part of a trace yet, how many begin one: 0 to 1. */
  readonly sampleRatio: number;
}

/** What each dialect can be told, by variables that begin with its name in capitals (`MIMO_SUNSET`). */
export interface DialectSettings extends Retirement {
  /** `_SCOPE`: the OAuth scope that a bearer token needs; without it, any valid token will do. */
  readonly scope: string | undefined;
  /** `_OPEN_WRITES`: whether anyone may use the writes that its contract leaves open; otherwise a credential decides. */
  readonly openWrites: boolean;
  /** `_OPEN_COMPAT`: whether what its contract came to protect is open to anyone again, while its clients migrate. */
  readonly openCompat: boolean;
  /** `_ORIGINS`: pages of which other origins may call it, with their users' cookies. */
  readonly origins: readonly string[];
  /** `_OPEN_WRITES_PER_MINUTE`: how many of these an address may do. */
  readonly openWritesPerMinute: number;
}

const environments = ['development', 'test', 'production'] as const;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const databaseForm = 'sqlite:PATH, sqlite::memory: or mysql://user:password@host:port/name';

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
  });
}

function readTelemetry(variables: Variables): TelemetryConfig {
  const metrics = readText(variables, 'METRICS_PORT') !== undefined;
  return {
    metrics: metrics
      ? { host: readHost(variables, 'METRICS_HOST', '127.0.0.1'), port: readPort(variables, 'METRICS_PORT') }
      : undefined,
    traces: readTraces(variables),
  };
}

/** The names are OpenTelemetry's; its exporter reads OTEL_EXPORTER_OTLP_HEADERS itself. */
function readTraces(variables: Variables): TracesConfig | undefined {
  const endpoint = readText(variables, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  if (endpoint === undefined) return undefined;
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
    throw new ConfigError('OTEL_EXPORTER_OTLP_ENDPOINT', 'the URL of an OTLP receiver, like http://127.0.0.1:4318');
  }
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    serviceName: readText(variables, 'OTEL_SERVICE_NAME') ?? 'filmgraph',
    sampleRatio: readRatio(variables, 'OTEL_TRACES_SAMPLER_ARG', '1'),
  };
}

function readDialects(variables: Variables, names: readonly string[]): Config['dialects'] {
  // Commands mount none.
  if (names.length === 0) return new Map();
  const chosen = readText(variables, 'DIALECTS') === undefined ? names : readList(variables, 'DIALECTS');
  if (!chosen.every((name) => names.includes(name))) {
    throw new ConfigError('DIALECTS', `a list of some of ${names.join(', ')}`);
  }
  return new Map(chosen.map((name) => [name, readDialectSettings(variables, name.toUpperCase())]));
}

function readDialectSettings(variables: Variables, prefix: string): DialectSettings {
  return {
    scope: readScope(variables, `${prefix}_SCOPE`),
    openWrites: readSwitch(variables, `${prefix}_OPEN_WRITES`, true),
    openCompat: readSwitch(variables, `${prefix}_OPEN_COMPAT`, false),
    origins: readOrigins(variables, `${prefix}_ORIGINS`),
    openWritesPerMinute: readCount(variables, `${prefix}_OPEN_WRITES_PER_MINUTE`, 60),
    ...readRetirement(variables, prefix),
  };
}

function readDatabase(variables: Variables): DatabaseConfig {
  const text = readText(variables, 'DATABASE_URL') ?? 'sqlite:./data/filmgraph.sqlite';
  const limits = readDatabaseLimits(variables);
  const sqlite = /^sqlite:(?!\/\/)(.+)$/.exec(text)?.[1];
  if (sqlite !== undefined) return { engine: 'sqlite', path: sqlite };
  const mysql = parseMySqlUrl(text, readAccount(variables, 'DATABASE')) ?? fail('DATABASE_URL', databaseForm);
  const tls = describeTls(readChoice(variables, 'DATABASE_TLS', { choices: tlsChoices, fallback: 'off' }));
  return { ...mysql, ...tls, limits };
}

function readDatabaseLimits(variables: Variables): DatabaseLimits {
  return {
    poolSize: readWhole(variables, 'DATABASE_POOL_SIZE', { fallback: 10, min: 1, max: 1_000 }),
    queueLimit: readWhole(variables, 'DATABASE_QUEUE_LIMIT', { fallback: 100, min: 0, max: 10_000 }),
    acquireTimeoutMs: readWhole(variables, 'DATABASE_ACQUIRE_TIMEOUT_MS', { fallback: 1_500, min: 100, max: 60_000 }),
    statementTimeoutMs: readWhole(variables, 'DATABASE_STATEMENT_TIMEOUT_MS', {
      fallback: 5_000,
      min: 100,
      max: 600_000,
    }),
  };
}

/**
 * An account in two variables of its own, for secrets that come without a URL.
 *
 * @param prefix what the names of the variables begin with
 */
function readAccount(variables: Variables, prefix: string): DatabaseAccount | undefined {
  const user = readText(variables, `${prefix}_USER`);
  return user === undefined ? undefined : { user, password: variables[`${prefix}_PASSWORD`] ?? '' };
}

/** The account that `db:migrate` creates. Its name and password become part of a statement that takes no parameters. */
function readAppAccount(variables: Variables): DatabaseAccount | undefined {
  const account = readAccount(variables, 'DATABASE_APP');
  if (account && !/^\w{1,32}$/.test(account.user))
    throw new ConfigError('DATABASE_APP_USER', 'a name of letters and digits');
  if (account && !/^[^'"\\\s]{16,}$/.test(account.password)) {
    throw new ConfigError('DATABASE_APP_PASSWORD', 'at least 16 characters, without quotes, backslashes and blanks');
  }
  return account;
}

function readOidc(variables: Variables, production: boolean): OidcConfig {
  const issuers = readUrls(variables, 'OIDC_ISSUER', production);
  const jwksUrls = readUrls(variables, 'OIDC_JWKS_URL', production);
  const audiences = readList(variables, 'OIDC_AUDIENCE');
  if (jwksUrls.length > issuers.length) throw new ConfigError('OIDC_JWKS_URL', 'at most one for each OIDC_ISSUER');
  if (issuers.length > 0 && audiences.length === 0) {
    throw new ConfigError('OIDC_AUDIENCE', 'the audience that tokens of OIDC_ISSUER must have');
  }
  return { issuers: issuers.map((issuer, index) => ({ issuer, jwksUrl: jwksUrls[index] })), audiences };
}

/** A bucket when one is named, else a folder. */
function readStorage(variables: Variables, production: boolean): StorageConfig {
  const bucket = readText(variables, 'S3_BUCKET');
  if (bucket === undefined) {
    const imagesFolder = readText(variables, 'IMAGES_FOLDER') ?? './data/images';
    const mediaFolder = readText(variables, 'MEDIA_FOLDER') ?? './data/media';
    return { kind: 'disk', imagesFolder, mediaFolder, publicUrl: readPublicUrl(variables, production) };
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) throw new ConfigError('S3_BUCKET', 'the name of a bucket');
  const region = readText(variables, 'S3_REGION') ?? 'us-east-1';
  if (!/^[a-z0-9-]+$/.test(region)) throw new ConfigError('S3_REGION', 'a region, like us-east-1');
  return {
    kind: 's3',
    bucket,
    region,
    endpoint: readUrl(variables, 'AWS_ENDPOINT_URL', production),
    publicBaseUrl: readUrl(variables, 'S3_PUBLIC_BASE_URL', production),
    credentials: readS3Credentials(variables),
  };
}

function readS3Credentials(variables: Variables): S3Credentials | undefined {
  const accessKeyId = readText(variables, 'AWS_ACCESS_KEY_ID');
  const secretAccessKey = readText(variables, 'AWS_SECRET_ACCESS_KEY');
  const sessionToken = readText(variables, 'AWS_SESSION_TOKEN');
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
}

function readPublicUrl(variables: Variables, production: boolean): string {
  return readUrl(variables, 'PUBLIC_URL', production) ?? `http://localhost:${readPort(variables, 'PORT', '3000')}`;
}

function fail(variable: string, expected: string): never {
  throw new ConfigError(variable, expected);
}
