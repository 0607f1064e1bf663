import {
  type DatabaseAccount,
  type DatabaseLimits,
  describeTls,
  type MySqlConfig,
  parseMySqlUrl,
  tlsChoices,
} from './mysql.js';
import { ConfigError, readChoice, readText, readWhole, type Variables } from './variables.js';

/** Which database to open. Relative SQLite paths start at the working directory. */
export type DatabaseConfig = ({ readonly engine: 'sqlite'; readonly path: string } | MySqlConfig) & {
  /** Waits as long as it takes: for commands, whose statements may take minutes. */
  readonly patient?: true;
};

const databaseForm = 'sqlite:PATH, sqlite::memory: or mysql://user:password@host:port/name';

/** Which database a process is told to open: an SQLite file in `data/` without a word. @throws ConfigError */
export function readDatabase(variables: Variables): DatabaseConfig {
  const text = readText(variables, 'DATABASE_URL') ?? 'sqlite:./data/filmgraph.sqlite';
  const limits = readDatabaseLimits(variables);
  const sqlite = /^sqlite:(?!\/\/)(.+)$/.exec(text)?.[1];
  if (sqlite !== undefined) return { engine: 'sqlite', path: sqlite };
  const mysql = parseMySqlUrl(text, readAccount(variables, 'DATABASE')) ?? fail('DATABASE_URL', databaseForm);
  const tls = describeTls(readChoice(variables, 'DATABASE_TLS', { choices: tlsChoices, fallback: 'off' }));
  return { ...mysql, ...tls, limits };
}

function readDatabaseLimits(variables: Variables): DatabaseLimits {
  const poolSize = readWhole(variables, 'DATABASE_POOL_SIZE', { fallback: 10, min: 1, max: 1_000 });
  return {
    poolSize,
    // A small pool has none to spare for those who cannot use a pipeline.
    pipelines: readWhole(variables, 'DATABASE_PIPELINES', {
      fallback: poolSize >= 8 ? 2 : 0,
      min: 0,
      max: poolSize - 1,
    }),
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

/**
 * The account that `db:migrate` creates. Its name and password become part of a statement that takes no parameters.
 *
 * @throws ConfigError when they could be more than that
 */
export function readAppAccount(variables: Variables): DatabaseAccount | undefined {
  const account = readAccount(variables, 'DATABASE_APP');
  if (account && !/^\w{1,32}$/.test(account.user))
    throw new ConfigError('DATABASE_APP_USER', 'a name of letters and digits');
  if (account && !/^[^'"\\\s]{16,}$/.test(account.password)) {
    throw new ConfigError('DATABASE_APP_PASSWORD', 'at least 16 characters, without quotes, backslashes and blanks');
  }
  return account;
}

function fail(variable: string, expected: string): never {
  throw new ConfigError(variable, expected);
}
