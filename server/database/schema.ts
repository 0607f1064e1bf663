import type { Database } from './database.js';

/** Applies every pending migration. Safe to repeat. @returns the names of those applied */
export async function migrate(database: Database): Promise<string[]> {
  return (await database.orm.migrator.up()).map(({ name }) => name);
}

/** Drops every table of ours, whatever is in it, and migrates from nothing. */
export async function reset(database: Database): Promise<void> {
  await database.orm.schema.drop({ dropMigrationsTable: true });
  await migrate(database);
}
