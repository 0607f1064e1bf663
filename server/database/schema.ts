import type { Database } from './database.js';

/** Applies every pending migration. Safe to repeat. @returns the names of those applied */
export async function migrate(database: Database): Promise<string[]> {
  const migrateOnce = () => database.orm.migrator.up();
  // There it is all in one transaction, of which nothing is left when another process's lock ended it.
  const applied = await (database.engine === 'sqlite' ? database.retrying(migrateOnce) : migrateOnce());
  return applied.map(({ name }) => name);
}

/** Drops every table of ours, whatever is in it, and migrates from nothing. */
export async function reset(database: Database): Promise<void> {
  await database.orm.schema.drop({ dropMigrationsTable: true });
  await migrate(database);
}
