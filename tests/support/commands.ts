import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../server/config.js';
import { Database } from '../../server/database/database.js';
import type { Engine } from './engines.js';

/** What a command left behind. */
export interface CommandResult {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A running command. */
export interface Command {
  readonly child: ChildProcess;
  readonly result: Promise<CommandResult>;
}

/** Starts a built command as the npm scripts do, with nothing of this run's environment but the path. */
export function startCommand(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Command {
  const env = { PATH: process.env['PATH'], ...environment };
  const child = spawn(process.execPath, [`dist/server/cli/${name}.js`, ...args], { env, stdio: 'pipe' });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const result = new Promise<CommandResult>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, result };
}

/** A database that other processes can open, with a connection of the test's own. */
export interface CommandDatabase {
  readonly url: string;
  readonly database: Database;
  /** A folder for files, gone with the database. */
  readonly folder: string;
  /** Runs a command on this database to its end. */
  run(name: string, args?: readonly string[], environment?: Readonly<Record<string, string>>): Promise<CommandResult>;
  drop(): Promise<void>;
}

/** Creates an empty database: a file where the engine has files, since no other process sees one in memory. */
export async function createCommandDatabase(engine: Engine): Promise<CommandDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'filmgraph-cli-'));
  const server = engine.name === 'mysql' ? await engine.createDatabase() : undefined;
  const url = server?.url ?? `sqlite:${join(folder, 'test.sqlite')}`;
  const database = await Database.open(readConfig({ DATABASE_URL: url }).database);
  return {
    url,
    database,
    folder,
    run: (name, args = [], environment = {}) => startCommand(name, args, { DATABASE_URL: url, ...environment }).result,
    drop: async () => {
      await database.close();
      await server?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The rows of MovieLens files, without their headers. */
export interface MovieLensRows {
  readonly movies?: readonly string[];
  readonly links?: readonly string[];
  readonly ratings?: readonly string[];
}

const headers = {
  movies: 'movieId,title,genres',
  links: 'movieId,imdbId,tmdbId',
  ratings: 'userId,movieId,rating,timestamp',
} satisfies Record<keyof MovieLensRows, string>;

/** Writes a MovieLens folder of made-up rows. @returns its path */
export function writeMovieLens(parent: string, rows: MovieLensRows, name = 'movielens'): string {
  const folder = join(parent, name);
  mkdirSync(folder, { recursive: true });
  for (const [file, header] of Object.entries(headers)) {
    const lines = [header, ...(rows[file as keyof MovieLensRows] ?? [])]; // the keys of `headers` are those of the rows
    writeFileSync(join(folder, `${file}.csv`), `${lines.join('\n')}\n`);
  }
  return folder;
}
