import type { DatabaseConfig } from '../config/database.js';
import { type Config, readConfig } from '../config.js';
import { Database } from '../database/database.js';
import { migrate } from '../database/schema.js';
import { faultLine } from '../fault-line.js';

/** A command cannot do what it was asked; the message says why in one line, to whoever typed it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** What every command is given. */
export interface CommandContext {
  readonly config: Config;
  readonly database: Database;
}

/**
 * Runs a command on the configured database and ends with its exit code. Whatever goes wrong ends with 1 and one line
 * on stderr, without a stack and without secrets.
 *
 * @param command resolves to the exit code; 0 when it says nothing
 */
export function runCommand(command: (context: CommandContext) => Promise<number | void>): Promise<void> {
  return runTask(async (config) => {
    const database = await Database.open({ ...config.database, patient: true });
    try {
      return await command({ config, database });
    } finally {
      await database.close();
    }
  });
}

/** Runs a command that needs no database, and ends as `runCommand` does. */
export async function runTask(task: (config: Config) => Promise<number | void>): Promise<void> {
  try {
    process.exitCode = (await task(readConfig())) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    printError(error instanceof CommandError ? error.message : faultLine(error));
  }
}

// Whoever reads the output may stop early (`| head`): that ends the printing, and is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Prints a line for whoever reads or pipes the command's result. */
export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a line that is about the run and no part of its result. */
export function printError(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The database as a person recognises it, without its password. */
export function describeDatabase(database: DatabaseConfig): string {
  if (database.engine === 'sqlite') return `sqlite:${database.path}`;
  return `mysql://${database.user}@${database.host}:${database.port}/${database.database}`;
}

/**
 * Makes sure that the tables are there. As at the server's start, an embedded database is migrated where developers
 * work, and any other one only by `db:migrate`.
 *
 * @throws CommandError when migrations are pending
 */
export async function requireMigrated({ config, database }: CommandContext): Promise<void> {
  if (config.database.engine === 'sqlite' && config.environment !== 'production') await migrate(database);
  const pending = await database.orm.migrator.getPending();
  if (pending.length > 0) throw new CommandError('The database lacks migrations. Run: npm run db:migrate');
}
