import { CompiledQuery, type DatabaseConnection, type Driver, MysqlDialect } from 'kysely';
import { createPool } from 'mysql2';
import type { DatabaseConfig } from '../config.js';
import { UnavailableError } from '../domain/errors.js';
import { isConnectionFault } from './faults.js';

/** Connections per process. */
const poolSize = 10;
const connectTimeoutMs = 5_000;

/**
 * Kysely dialect over `mysql2`, for MySQL 8.4+ and MariaDB 10.11+.
 *
 * Sessions run at READ COMMITTED: every write locks the film's row first, so nothing relies on gap locks, and without
 * them writers of different films never wait for each other. A server that cannot be reached becomes an
 * UnavailableError here, the one place that every statement passes.
 */
export function createMySqlDialect(config: Extract<DatabaseConfig, { engine: 'mysql' }>): MysqlDialect {
  const { engine: _engine, ...connection } = config;
  return new TranslatingMySqlDialect({
    pool: createPool({
      ...connection,
      connectionLimit: poolSize,
      connectTimeout: connectTimeoutMs,
      charset: 'utf8mb4_bin',
      timezone: 'Z',
      supportBigNumbers: true,
      dateStrings: true,
      enableKeepAlive: true,
    }),
    onCreateConnection: async (created) => {
      await created.executeQuery(CompiledQuery.raw('set session transaction isolation level read committed'));
    },
  });
}

class TranslatingMySqlDialect extends MysqlDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    const acquire = driver.acquireConnection.bind(driver);
    driver.acquireConnection = async (options) => translateFaults(await translating(acquire(options)));
    return driver;
  }
}

const translated = new WeakSet<DatabaseConnection>();

/** Makes a connection translate its faults; pooled connections come back here many times and are wrapped once. */
function translateFaults(connection: DatabaseConnection): DatabaseConnection {
  if (translated.has(connection)) return connection;
  const execute = connection.executeQuery.bind(connection);
  connection.executeQuery = (query, options) => translating(execute(query, options));
  translated.add(connection);
  return connection;
}

async function translating<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw isConnectionFault(error) ? new UnavailableError({ cause: error }) : error;
  }
}
