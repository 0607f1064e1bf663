import type { Config } from '../config.js';
import type { Database } from './database.js';
import { migrate } from './schema.js';
import { type SeedOutcome, seedDemo } from './seeds/demo.seed.js';

/**
 * What a start may do to the database by itself. A developer's embedded database is migrated, and seeded when new; one
 * in memory is migrated everywhere, or it could never be used. Any other database is left to `npm run db:migrate`.
 *
 * @returns what became of the demo data, when it was tried
 */
export async function prepareDatabase(database: Database, config: Config): Promise<SeedOutcome | undefined> {
  const { database: target, environment } = config;
  if (target.engine !== 'sqlite') return undefined;
  const development = environment === 'development';
  if (development || target.path === ':memory:') await migrate(database);
  return development ? seedDemo(database) : undefined;
}
