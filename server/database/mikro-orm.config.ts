import { Migrator } from '@mikro-orm/migrations';
import { type AbstractSqlDriver, SqliteDriver, type SqlOptions } from '@mikro-orm/sql';
import { type Dialect, Kysely, type LogEvent } from 'kysely';
import type { DatabaseConfig } from '../config/database.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';
import { createSqliteAccess } from './sqlite-dialect.js';

/**
 * MikroORM's options for one database. What only the other engine needs is not loaded.
 *
 * @param onStatement called after each SQL statement, those that begin and end transactions included
 * @param dialect how to get at the database, when that is there already
 */
export async function createOrmOptions(
  config: DatabaseConfig,
  onStatement?: (event: LogEvent) => void,
  dialect?: Dialect,
): Promise<SqlOptions<AbstractSqlDriver>> {
  const access = dialect ?? (await createDialect(config));
  return {
    driver: config.engine === 'sqlite' ? SqliteDriver : (await import('@mikro-orm/mysql')).MySqlDriver,
    dbName: config.engine === 'sqlite' ? config.path : config.database,
    driverOptions: () => new Kysely({ dialect: access, ...(onStatement && { log: onStatement }) }),
    entities: [...entities],
    extensions:
      config.engine === 'sqlite' ? [Migrator] : [Migrator, (await import('./search-index.js')).hiddenSearchIndex],
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

async function createDialect(config: DatabaseConfig): Promise<Dialect> {
  if (config.engine === 'mysql') return (await import('./mysql-dialect.js')).createMySqlAccess(config).dialect;
  return createSqliteAccess(config.path, { patient: config.patient === true }).dialect;
}
