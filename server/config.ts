/** Which database to open. Relative SQLite paths start at the working directory. */
export type DatabaseConfig =
  | { readonly engine: 'sqlite'; readonly path: string }
  | {
      readonly engine: 'mysql';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: string;
      readonly database: string;
    };

export type Environment = 'development' | 'test' | 'production';
export type LogLevel = (typeof logLevels)[number];

/** Everything the server can be told from outside; read once, at the start. */
export interface Config {
  readonly environment: Environment;
  readonly database: DatabaseConfig;
  readonly host: string;
  /** 0 asks the operating system for a free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  /** GraphiQL at `/graphql` in a browser. */
  readonly playground: boolean;
  /** Whether clients may read the schema, and whether errors may name parts of it they did not. */
  readonly introspection: boolean;
  /** The scope that a bearer token needs for the MovieLens dialect; without it, any valid token will do. */
  readonly movieLensScope?: string;
}

/** A variable has a value that cannot be used. The message is one line and never holds the value of a secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(variable: string, expected: string) {
    super(`${variable}: expected ${expected}`);
  }
}

type Variables = Readonly<Record<string, string | undefined>>;

const environments = ['development', 'test', 'production'] as const;
const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
const databaseForm = 'sqlite:PATH, sqlite::memory: or mysql://user:password@host:port/name';

/**
 * Reads and checks the environment.
 *
 * @param variables the process environment unless a test says otherwise; an empty value counts as absent
 * @throws ConfigError naming the first variable that is wrong and the form it should have
 */
export function readConfig(variables: Variables = process.env): Config {
  const environment = readChoice(variables, 'NODE_ENV', { choices: environments, fallback: 'development' });
  const production = environment === 'production';
  const movieLensScope = readScope(variables, 'MOVIELENS_SCOPE');
  return Object.freeze({
    environment,
    database: readDatabase(variables),
    host: readHost(variables, production ? '0.0.0.0' : '127.0.0.1'),
    port: readPort(variables),
    logLevel: readChoice(variables, 'LOG_LEVEL', { choices: logLevels, fallback: 'info' }),
    playground: readSwitch(variables, 'PLAYGROUND', !production),
    introspection: readSwitch(variables, 'GRAPHQL_INTROSPECTION', !production),
    ...(movieLensScope !== undefined && { movieLensScope }),
  });
}

function readText(variables: Variables, name: string): string | undefined {
  return variables[name]?.trim() || undefined;
}

function readChoice<T extends string>(
  variables: Variables,
  name: string,
  { choices, fallback }: { readonly choices: readonly T[]; readonly fallback: NoInfer<T> },
): T {
  const text = readText(variables, name);
  if (text === undefined) return fallback;
  const choice = choices.find((candidate) => candidate === text);
  if (!choice) throw new ConfigError(name, `one of ${choices.join(', ')}`);
  return choice;
}

function readSwitch(variables: Variables, name: string, fallback: boolean): boolean {
  return readChoice(variables, name, { choices: ['true', 'false'], fallback: fallback ? 'true' : 'false' }) === 'true';
}

function readHost(variables: Variables, fallback: string): string {
  const text = readText(variables, 'HOST') ?? fallback;
  if (!/^[\w.:-]+$/.test(text))
    throw new ConfigError('HOST', 'a host name or an address without a port, like 127.0.0.1');
  return text;
}

/** One scope as RFC 6749 (3.3) spells it. */
function readScope(variables: Variables, name: string): string | undefined {
  const text = readText(variables, name);
  if (text !== undefined && !/^[!#-[\]-~]+$/.test(text)) throw new ConfigError(name, 'one OAuth scope, without blanks');
  return text;
}

function readPort(variables: Variables): number {
  const text = readText(variables, 'PORT') ?? '3000';
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65535) throw new ConfigError('PORT', 'a whole number from 0 to 65535');
  return port;
}

function readDatabase(variables: Variables): DatabaseConfig {
  const text = readText(variables, 'DATABASE_URL') ?? 'sqlite:./data/filmgraph.sqlite';
  const sqlite = /^sqlite:(?!\/\/)(.+)$/.exec(text)?.[1];
  if (sqlite !== undefined) return { engine: 'sqlite', path: sqlite };
  return readMySql(text) ?? fail('DATABASE_URL', databaseForm);
}

function readMySql(text: string): DatabaseConfig | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'mysql:') return undefined;
  const [user, password, database] = [url.username, url.password, url.pathname.slice(1)].map(decode);
  if (!url.hostname || !user || password === undefined || !database || !/^[\w$-]+$/.test(database)) return undefined;
  return { engine: 'mysql', host: url.hostname, port: Number(url.port || 3306), user, password, database };
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function fail(variable: string, expected: string): never {
  throw new ConfigError(variable, expected);
}
