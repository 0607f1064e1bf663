import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from './mysql-server.js';

/** The server as its own process, as `npm start` runs it. */
export interface ServerProcess {
  readonly url: string;
  /** Everything it has printed so far. */
  output(): string;
  /** Sends a signal that does not end it. */
  signal(signal: NodeJS.Signals): void;
  /** Sends a signal and waits for the end. @returns the exit code, null when the signal itself ended it */
  end(signal: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the built server on a free port and waits until it answers.
 *
 * @param path what must answer 200; `/ready` unless the test wants a server that is not
 * @param cwd its working directory, where its files are
 */
export async function startServerProcess(
  environment: Record<string, string>,
  path = '/ready',
  cwd = process.cwd(),
): Promise<ServerProcess> {
  const port = await findFreePort();
  const place = { PORT: String(port), HOST: '127.0.0.1' };
  // No router has to notice the end of a test's server.
  const env = { PATH: process.env['PATH'], LOG_LEVEL: 'info', DRAIN_DELAY_MS: '0', ...place, ...environment };
  const child = spawn(process.execPath, [resolve('dist/server/main.js')], {
    env,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const url = `http://127.0.0.1:${port}`;
  await waitUntilAnswered(child, `${url}${path}`, () => output);
  return {
    url,
    output: () => output,
    signal: (signal) => void child.kill(signal),
    end: (signal) => end(child, signal),
  };
}

async function waitUntilAnswered(child: ChildProcess, url: string, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`The server ended at once: ${output()}`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`The server never answered: ${output()}`);
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((ended) => {
    child.once('exit', ended);
    child.kill(signal);
  });
}
