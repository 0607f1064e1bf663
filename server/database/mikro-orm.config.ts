import { Migrator } from '@mikro-orm/migrations';
import { MySqlDriver } from '@mikro-orm/mysql';
import { type AbstractSqlDriver, SqliteDriver, type SqlOptions } from '@mikro-orm/sql';
import { type Dialect, Kysely, type LogEvent } from 'kysely';
import type { DatabaseConfig } from '../config/database.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';
import { createMySqlAccess } from './mysql-dialect.js';
import { hiddenSearchIndex } from './search-index.js';
import { createSqliteAccess } from './sqlite-dialect.js';

/**
 * MikroORM's options for one database.
 *
 * @param onStatement called after each SQL statement, those that begin and end transactions included
 * @param dialect how to get at the database, when that is there already
 */
export function createOrmOptions(
  config: DatabaseConfig,
  onStatement?: (event: LogEvent) => void,
  dialect: Dialect = createDialect(config),
): SqlOptions<AbstractSqlDriver> {
  return {
    driver: config.engine === 'sqlite' ? SqliteDriver : MySqlDriver,
    dbName: config.engine === 'sqlite' ? config.path : config.database,
    driverOptions: () => new Kysely({ dialect, ...(onStatement && { log: onStatement }) }),
    entities: [...entities],
    extensions: [Migrator, hiddenSearchIndex],
    // One collation that compares bytes makes MySQL agree with SQLite; folded columns serve the rest (ADR 0004).
    charset: 'utf8mb4',
    collate: 'utf8mb4_bin',
    timezone: 'Z',
    forceUtcTimezone: true,
    migrations: {
      migrationsList: migrations,
      snapshot: false,
      transactional: true,
      allOrNothing: config.engine === 'sqlite',
    },
    schemaGenerator: { skipTables: [/_fts/], ignoreTriggers: true },
    logger: () => {},
    allowGlobalContext: false,
  };
}

function createDialect(config: DatabaseConfig): Dialect {
  if (config.engine === 'mysql') return createMySqlAccess(config).dialect;
  return createSqliteAccess(config.path, { patient: config.patient === true }).dialect;
}
