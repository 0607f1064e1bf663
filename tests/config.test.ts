import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../server/config/variables.js';
import { type Config, readConfig } from '../server/config.js';

type Variables = Record<string, string>;

const mysql = {
  engine: 'mysql',
  host: 'db.example',
  port: 3306,
  user: 'film',
  password: 'p@ss',
  database: 'filmgraph',
  limits: { poolSize: 10, pipelines: 2, queueLimit: 100, acquireTimeoutMs: 1_500, statementTimeoutMs: 5_000 },
} as const;

const secretAccount = { DATABASE_USER: 'film', DATABASE_PASSWORD: 'p@s:s/' };

const twoIssuers = { OIDC_ISSUER: 'https://a.example, http://b.example', OIDC_AUDIENCE: 'films movies' };

const good: readonly (readonly [variables: Variables, expected: Partial<Config>])[] = [
  [{}, { environment: 'development', host: '127.0.0.1', port: 3000, logLevel: 'info' }],
  [{}, { playground: true, introspection: true, database: { engine: 'sqlite', path: './data/filmgraph.sqlite' } }],
  [{ NODE_ENV: 'test' }, { environment: 'test', host: '127.0.0.1', playground: true, introspection: true }],
  [{ NODE_ENV: 'production' }, { environment: 'production', host: '0.0.0.0' }],
  [{ NODE_ENV: 'production' }, { playground: false, introspection: false }],
  [
    { NODE_ENV: 'production', PLAYGROUND: 'true' },
    { playground: true, introspection: false },
  ],
  [
    { NODE_ENV: 'production', GRAPHQL_INTROSPECTION: 'true' },
    { playground: false, introspection: true },
  ],
  [{ PLAYGROUND: 'false' }, { playground: false }],
  [{ NODE_ENV: 'production' }, { apiDocs: true }],
  [{ API_DOCS: 'false' }, { apiDocs: false }],
  [{ GRAPHQL_INTROSPECTION: 'false' }, { introspection: false }],
  [{ PORT: '0' }, { port: 0 }],
  [{ PORT: ' 65535 ' }, { port: 65535 }],
  [{ PORT: '' }, { port: 3000 }],
  [{}, { telemetry: { metrics: undefined, traces: undefined } }],
  [{ METRICS_PORT: '9464' }, { telemetry: { metrics: { host: '127.0.0.1', port: 9464 }, traces: undefined } }],
  [
    { METRICS_PORT: '0', METRICS_HOST: '0.0.0.0' },
    { telemetry: { metrics: { host: '0.0.0.0', port: 0 }, traces: undefined } },
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318/' },
    {
      telemetry: {
        metrics: undefined,
        traces: { url: 'http://127.0.0.1:4318/v1/traces', serviceName: 'filmgraph', sampleRatio: 1 },
      },
    },
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://c.example', OTEL_SERVICE_NAME: 'a', OTEL_TRACES_SAMPLER_ARG: '0.05' },
    {
      telemetry: {
        metrics: undefined,
        traces: { url: 'https://c.example/v1/traces', serviceName: 'a', sampleRatio: 0.05 },
      },
    },
  ],
  [{ HOST: 'localhost' }, { host: 'localhost' }],
  [{ HOST: '::1' }, { host: '::1' }],
  [{ LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
  [{}, { oidc: { issuers: [], audiences: [] } }],
  [
    { OIDC_ISSUER: 'https://id.example/realm', OIDC_AUDIENCE: 'films' },
    { oidc: { issuers: [{ issuer: 'https://id.example/realm', jwksUrl: undefined }], audiences: ['films'] } },
  ],
  [
    { ...twoIssuers, OIDC_JWKS_URL: 'https://keys.example/a' },
    {
      oidc: {
        issuers: [
          { issuer: 'https://a.example', jwksUrl: 'https://keys.example/a' },
          { issuer: 'http://b.example', jwksUrl: undefined },
        ],
        audiences: ['films', 'movies'],
      },
    },
  ],
  [
    { NODE_ENV: 'production', OIDC_ISSUER: 'http://[::1]:8080/r', OIDC_AUDIENCE: 'films' },
    { oidc: { issuers: [{ issuer: 'http://[::1]:8080/r', jwksUrl: undefined }], audiences: ['films'] } },
  ],
  [{}, { limits: { enabled: true, pointsPerMinute: 30_000, redisUrl: undefined, trustProxy: 0, corsOrigins: [] } }],
  [
    { RATE_LIMIT: 'off', NODE_ENV: 'production', RATE_LIMIT_OFF_IN_PRODUCTION: 'true' },
    { limits: { enabled: false, pointsPerMinute: 30_000, redisUrl: undefined, trustProxy: 0, corsOrigins: [] } },
  ],
  [
    {
      REDIS_URL: 'redis://cache.example:6379',
      TRUST_PROXY: '10.0.0.0/16, loopback',
      CORS_ORIGINS: 'https://a.example',
    },
    {
      limits: {
        enabled: true,
        pointsPerMinute: 30_000,
        redisUrl: 'redis://cache.example:6379',
        trustProxy: ['10.0.0.0/16', 'loopback'],
        corsOrigins: ['https://a.example'],
      },
    },
  ],
  [{ DATABASE_URL: 'sqlite::memory:' }, { database: { engine: 'sqlite', path: ':memory:' } }],
  [{ DATABASE_URL: 'sqlite:/var/films.sqlite' }, { database: { engine: 'sqlite', path: '/var/films.sqlite' } }],
  [{ DATABASE_URL: 'mysql://film:p%40ss@db.example/filmgraph' }, { database: mysql }],
  [{ DATABASE_URL: 'mysql://film:p%40ss@db.example:3307/filmgraph' }, { database: { ...mysql, port: 3307 } }],
  [
    {
      DATABASE_URL: 'mysql://film:p%40ss@db.example/filmgraph',
      DATABASE_POOL_SIZE: '4',
      DATABASE_QUEUE_LIMIT: '0',
      DATABASE_ACQUIRE_TIMEOUT_MS: '200',
      DATABASE_STATEMENT_TIMEOUT_MS: '60000',
    },
    {
      database: {
        ...mysql,
        limits: { poolSize: 4, pipelines: 0, queueLimit: 0, acquireTimeoutMs: 200, statementTimeoutMs: 60_000 },
      },
    },
  ],
  [{}, { drainDelayMs: 7_000 }],
  [{ DRAIN_DELAY_MS: '0' }, { drainDelayMs: 0 }],
  [{ DATABASE_URL: 'mysql://film:@db.example/filmgraph' }, { database: { ...mysql, password: '' } }],
  [{ ...secretAccount, DATABASE_URL: 'mysql://db.example/filmgraph' }, { database: { ...mysql, password: 'p@s:s/' } }],
  [{ ...secretAccount, DATABASE_URL: 'mysql://film:p%40ss@db.example/filmgraph' }, { database: mysql }],
  [
    { DATABASE_URL: 'mysql://film:p%40ss@db.example/filmgraph', DATABASE_TLS: 'system' },
    { database: { ...mysql, ssl: { minVersion: 'TLSv1.2', verifyIdentity: true } } },
  ],
  [
    { DATABASE_APP_USER: 'app', DATABASE_APP_PASSWORD: 'sixteen-letters!' },
    { appAccount: { user: 'app', password: 'sixteen-letters!' } },
  ],
];

const databaseForm = 'sqlite:PATH, sqlite::memory: or mysql://user:password@host:port/name';
const portForm = 'a whole number from 0 to 65535';
const hostForm = 'a host name or an address without a port, like 127.0.0.1';
const urlForm = 'URLs with http or https';
const levels = 'one of trace, debug, info, warn, error, fatal, silent';

const bad: readonly (readonly [variable: string, value: string, expected: string])[] = [
  ['NODE_ENV', 'staging', 'one of development, test, production'],
  ['PORT', 'http', portForm],
  ['METRICS_PORT', 'http', portForm],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', '127.0.0.1:4318', 'the URL of an OTLP receiver, like http://127.0.0.1:4318'],
  ['PORT', '-1', portForm],
  ['PORT', '3000.5', portForm],
  ['PORT', '65536', portForm],
  ['PORT', '0x50', portForm],
  ['DRAIN_DELAY_MS', '15001', 'a whole number from 0 to 15000'],
  ['DATABASE_POOL_SIZE', '0', 'a whole number from 1 to 1000'],
  ['DATABASE_QUEUE_LIMIT', '-1', 'a whole number from 0 to 10000'],
  ['DATABASE_ACQUIRE_TIMEOUT_MS', '1.5', 'a whole number from 100 to 60000'],
  ['DATABASE_STATEMENT_TIMEOUT_MS', '5s', 'a whole number from 100 to 600000'],
  ['HOST', 'example.com/path', hostForm],
  ['LOG_LEVEL', 'verbose', levels],
  ['LOG_LEVEL', 'INFO', levels],
  ['PLAYGROUND', 'yes', 'one of true, false'],
  ['RATE_LIMIT', 'none', 'one of on, off'],
  ['RATE_LIMIT_PER_MINUTE', '0', 'a whole number from 1 to 999999999'],
  ['REDIS_URL', 'cache.example', 'redis://[user:password@]host:port or rediss://...'],
  ['TRUST_PROXY', 'everyone', 'how many proxies are in front (0 to 9), or their addresses or networks'],
  ['CORS_ORIGINS', 'a.example', 'origins like https://cine.example.org, without a path'],
  ['GRAPHQL_INTROSPECTION', '1', 'one of true, false'],
  ['OIDC_ISSUER', 'id.example', urlForm],
  ['OIDC_ISSUER', 'https://id.example, ftp://id.example', urlForm],
  ['OIDC_JWKS_URL', 'file:///etc/keys.json', urlForm],
  ['OIDC_JWKS_URL', 'https://id.example/keys', 'at most one for each OIDC_ISSUER'],
  ['DATABASE_URL', 'films.sqlite', databaseForm],
  ['DATABASE_URL', 'sqlite:', databaseForm],
  ['DATABASE_URL', 'sqlite://host/films', databaseForm],
  ['DATABASE_URL', 'postgres://film:s3cret@db.example/filmgraph', databaseForm],
  ['DATABASE_URL', 'mysql://film:s3cret@db.example', databaseForm],
  ['DATABASE_URL', 'mysql://:s3cret@db.example/filmgraph', databaseForm],
  ['DATABASE_URL', 'mysql://film:s3cret@db.example/filmgraph/more', databaseForm],
  ['DATABASE_URL', 'mysql://film:s3cret@db.example:port/filmgraph', databaseForm],
  ['DATABASE_URL', 'mysql://film:s3cret%ZZ@db.example/filmgraph', databaseForm],
  ['DATABASE_URL', 'mysql://db.example/filmgraph', databaseForm],
  ['DATABASE_APP_USER', "a'b", 'a name of letters and digits'],
];

describe('the configuration', () => {
  test.each(good)('%j is read as %j', (variables, expected) => {
    expect(readConfig(variables)).toMatchObject(expected);
  });

  test.each(bad)('%s=%s is refused with the form it should have', (variable, value, expected) => {
    const read = (): Config => readConfig({ [variable]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new ConfigError(variable, expected));
  });

  test.each(bad.filter(([, value]) => value.includes('s3cret')))('%s never repeats a password (%s)', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(/^(?!.*s3cret)/s);
  });

  test.each([
    [
      { OIDC_ISSUER: 'https://id.example' },
      'OIDC_AUDIENCE: expected the audience that tokens of OIDC_ISSUER must have',
    ],
    [
      { NODE_ENV: 'production', OIDC_ISSUER: 'http://id.example', OIDC_AUDIENCE: 'films' },
      'OIDC_ISSUER: expected URLs with https (http on loopback)',
    ],
    [
      { NODE_ENV: 'production', OIDC_ISSUER: 'http://localhost.id.example', OIDC_AUDIENCE: 'films' },
      'OIDC_ISSUER: expected URLs with https (http on loopback)',
    ],
    [
      { NODE_ENV: 'production', RATE_LIMIT: 'off' },
      'RATE_LIMIT: expected on in production, or RATE_LIMIT_OFF_IN_PRODUCTION=true beside it',
    ],
    [
      { ...twoIssuers, OIDC_JWKS_URL: 'http://a http://b http://c' },
      'OIDC_JWKS_URL: expected at most one for each OIDC_ISSUER',
    ],
    [
      { DATABASE_URL: 'mysql://film:@db.example/filmgraph', DATABASE_TLS: 'true' },
      'DATABASE_TLS: expected one of off, system, amazon-rds',
    ],
    [
      { DATABASE_APP_USER: 'app', DATABASE_APP_PASSWORD: "sixteen-letters'" },
      'DATABASE_APP_PASSWORD: expected at least 16 characters, without quotes, backslashes and blanks',
    ],
  ])('what makes no sense is refused: %j', (variables, message) => {
    expect(() => readConfig(variables)).toThrow(message);
  });

  test('cannot be changed once read', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});

describe('the configuration of dialects', () => {
  const names = ['mimo', 'movielens'];

  test.each([
    [{}, names],
    [{ DIALECTS: ' movielens ' }, ['movielens']],
    [{ DIALECTS: 'movielens,mimo' }, ['movielens', 'mimo']],
  ])('%j mounts %j', (variables, mounted) => {
    expect([...readConfig(variables, names).dialects.keys()]).toEqual(mounted);
  });

  test('is each one’s own', () => {
    const { dialects } = readConfig({ MOVIELENS_SCOPE: ' movies:read ' }, names);
    expect([dialects.get('mimo')?.scope, dialects.get('movielens')?.scope]).toEqual([undefined, 'movies:read']);
  });

  test('reads which pages may call a dialect, and whether it is as open as it once was', () => {
    const { dialects } = readConfig(
      { MIMO_ORIGINS: 'https://a.example, http://localhost:5173', MIMO_OPEN_COMPAT: 'true' },
      names,
    );
    expect(dialects.get('mimo')).toMatchObject({
      origins: ['https://a.example', 'http://localhost:5173'],
      openCompat: true,
    });
    expect(dialects.get('movielens')).toMatchObject({ origins: [], openCompat: false });
  });

  test('says when it is going, and where its clients go', () => {
    const variables = {
      MIMO_DEPRECATED_SINCE: '2026-11-25T10:30Z',
      MIMO_SUNSET: '2027-06-30',
      MIMO_MIGRATION_GUIDE: 'https://example.org/a guide',
    };
    const { dialects } = readConfig(variables, names);
    expect(dialects.get('mimo')).toMatchObject({
      deprecatedSince: Date.UTC(2026, 10, 25, 10, 30),
      sunset: Date.UTC(2027, 5, 30),
      migrationGuide: 'https://example.org/a%20guide',
    });
    expect(dialects.get('movielens')).toMatchObject({ deprecatedSince: undefined, sunset: undefined });
  });

  test('leaves open what its contract does, unless told otherwise', () => {
    const { dialects } = readConfig({ MIMO_OPEN_WRITES: 'false', MIMO_OPEN_WRITES_PER_MINUTE: '7' }, names);
    expect(dialects.get('mimo')).toMatchObject({ openWrites: false, openWritesPerMinute: 7 });
    expect(dialects.get('movielens')).toMatchObject({ openWrites: true, openWritesPerMinute: 60 });
  });

  test.each([
    [{ DIALECTS: 'mimo, soap' }, 'DIALECTS: expected a list of some of mimo, movielens'],
    [{ MOVIELENS_SCOPE: 'movies read' }, 'MOVIELENS_SCOPE: expected one OAuth scope, without blanks'],
    [
      { MIMO_ORIGINS: 'https://a.example/path' },
      'MIMO_ORIGINS: expected origins like https://cine.example.org, without a path',
    ],
    [{ MIMO_SUNSET: 'soon' }, 'MIMO_SUNSET: expected a day like 2026-12-31, or an instant like 2026-12-31T12:00Z'],
    [
      { MIMO_DEPRECATED_SINCE: '2026-13-01' },
      'MIMO_DEPRECATED_SINCE: expected a day like 2026-12-31, or an instant like 2026-12-31T12:00Z',
    ],
    [
      { MIMO_DEPRECATED_SINCE: '2026-12-01', MIMO_SUNSET: '2026-11-30' },
      'MIMO_SUNSET: expected no earlier day than MIMO_DEPRECATED_SINCE',
    ],
    [{ MIMO_MIGRATION_GUIDE: 'javascript:alert(1)' }, 'MIMO_MIGRATION_GUIDE: expected a URL with http or https'],
    [{ MIMO_OPEN_WRITES: 'no' }, 'MIMO_OPEN_WRITES: expected one of true, false'],
    [{ MIMO_OPEN_WRITES_PER_MINUTE: '0' }, 'MIMO_OPEN_WRITES_PER_MINUTE: expected a whole number from 1 to 999999999'],
  ])('is refused when it makes no sense: %j', (variables, message) => {
    expect(() => readConfig(variables, names)).toThrow(
      new ConfigError(...(message.split(': expected ') as [string, string])),
    );
  });

  test('is no business of commands, which mount none', () => {
    expect(readConfig({ DIALECTS: 'mimo' }).dialects.size).toBe(0);
  });
});

describe('the configuration of images and films', () => {
  const production = { NODE_ENV: 'production' };
  const bucket = { S3_BUCKET: 'films.example' };
  const inBucket = {
    kind: 's3',
    bucket: 'films.example',
    region: 'us-east-1',
    endpoint: undefined,
    publicBaseUrl: undefined,
    credentials: undefined,
  };
  const inFolders = {
    kind: 'disk',
    imagesFolder: './data/images',
    mediaFolder: './data/media',
    publicUrl: 'http://localhost:3000',
  };
  const aws = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' };
  const credentials = { accessKeyId: 'id', secretAccessKey: 'secret' };

  test.each([
    [{}, inFolders],
    [{ S3_BUCKET: '', S3_REGION: 'eu-west-1' }, inFolders],
    [{ PORT: '8080' }, { ...inFolders, publicUrl: 'http://localhost:8080' }],
    [
      { IMAGES_FOLDER: '/srv/images', MEDIA_FOLDER: '/srv/films' },
      { ...inFolders, imagesFolder: '/srv/images', mediaFolder: '/srv/films' },
    ],
    [{ PUBLIC_URL: 'http://films.example/api//' }, { ...inFolders, publicUrl: 'http://films.example/api' }],
    [
      { ...production, PUBLIC_URL: 'https://films.example' },
      { ...inFolders, publicUrl: 'https://films.example' },
    ],
    [bucket, inBucket],
    [
      { ...bucket, S3_REGION: 'eu-west-1' },
      { ...inBucket, region: 'eu-west-1' },
    ],
    [{ ...bucket, IMAGES_FOLDER: '/srv/images' }, inBucket],
    [
      { ...bucket, ...production, AWS_ENDPOINT_URL: 'http://127.0.0.1:9000/' },
      { ...inBucket, endpoint: 'http://127.0.0.1:9000' },
    ],
    [
      { ...bucket, ...production, S3_PUBLIC_BASE_URL: 'https://cdn.example/' },
      { ...inBucket, publicBaseUrl: 'https://cdn.example' },
    ],
    [
      { ...bucket, ...aws },
      { ...inBucket, credentials },
    ],
    [
      { ...bucket, ...aws, AWS_SESSION_TOKEN: 'token' },
      { ...inBucket, credentials: { ...credentials, sessionToken: 'token' } },
    ],
    // Half of a pair is none: the SDK looks for both elsewhere.
    [{ ...bucket, AWS_ACCESS_KEY_ID: 'id' }, inBucket],
  ])('%j is read as %j', (variables, expected) => {
    expect(readConfig(variables).storage).toEqual(expected);
  });

  test.each<[Variables, variable: string, expected: string]>([
    [{ S3_BUCKET: 'Films' }, 'S3_BUCKET', 'the name of a bucket'],
    [{ S3_BUCKET: 'films/one' }, 'S3_BUCKET', 'the name of a bucket'],
    [{ ...bucket, S3_REGION: 'eu west' }, 'S3_REGION', 'a region, like us-east-1'],
    [{ ...bucket, S3_PUBLIC_BASE_URL: 'cdn.example' }, 'S3_PUBLIC_BASE_URL', urlForm],
    [{ ...bucket, AWS_ENDPOINT_URL: 's3://films' }, 'AWS_ENDPOINT_URL', urlForm],
    [{ PUBLIC_URL: 'films.example' }, 'PUBLIC_URL', urlForm],
    [{ PUBLIC_URL: 'https://a.example, https://b.example' }, 'PUBLIC_URL', 'one URL'],
    [{ ...production, PUBLIC_URL: 'http://films.example' }, 'PUBLIC_URL', 'URLs with https (http on loopback)'],
  ])('%j is refused for %s: %s', (variables, variable, expected) => {
    expect(() => readConfig(variables)).toThrow(new ConfigError(variable, expected));
  });
});

describe('a server that cannot be configured', () => {
  test.each([
    [{ PORT: 'http' }, `PORT: expected ${portForm}\n`],
    [{ DATABASE_URL: 'mysql://film:s3cret@db.example' }, `DATABASE_URL: expected ${databaseForm}\n`],
  ])('says so in one line and exits with 1: %j', (variables, message) => {
    const main = join(import.meta.dirname, '../server/main.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [main], { env: variables, encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: '', stderr: message });
  });
});
