import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';

/** Where the run's MySQL-compatible server is: `mysql://user:password@host:port`. */
export const mySqlUrlVariable = 'TEST_MYSQL_URL';

/** A MariaDB of the test run's own: private data directory and socket, a free port, gone when it stops. */
export interface MySqlServer {
  /** `mysql://user:password@host:port`, without a database. */
  readonly url: string;
  /** Ends it at once, as a crash does. */
  crash(): Promise<void>;
  /** Starts it again after a crash, with the same data on the same port; resolves when it answers. */
  restart(): Promise<void>;
  /** Makes it hang: it keeps its connections, and answers nothing. Resolves when the last of its threads stands still. */
  freeze(): Promise<void>;
  /** Lets it go on. */
  thaw(): void;
  stop(): Promise<void>;
}

const startTimeoutMs = 60_000;

/** The path of a program, or undefined when this machine does not have it. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/**
 * Starts a server; undefined when MariaDB is not installed.
 *
 * @param options more of the daemon's options
 */
export async function startMySqlServer(options: readonly string[] = []): Promise<MySqlServer | undefined> {
  const [install, daemon] = [findProgram('mariadb-install-db'), findProgram('mariadbd')];
  if (!install || !daemon) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'filmgraph-mariadb-'));
  const data = `--datadir=${join(folder, 'data')}`;
  const own = ['--no-defaults', data, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
  execFileSync(install, [...own, '--auth-root-authentication-method=normal', '--skip-test-db'], { stdio: 'pipe' });
  const port = await findFreePort();
  const url = `mysql://test:test@127.0.0.1:${port}`;
  const start = async () => {
    const started = spawn(daemon, [...own, ...daemonOptions(folder, port), ...options], { stdio: 'ignore' });
    await waitUntilReady(url, started).catch(async (error: unknown) => {
      await end(started, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true });
      throw error;
    });
    return started;
  };
  let child = await start();
  return {
    url,
    crash: () => end(child, 'SIGKILL'),
    restart: async () => {
      child = await start();
    },
    freeze: async () => {
      child.kill('SIGSTOP');
      // On a busy machine a thread may serve some statements more before the signal gets to it.
      while (!standsStill(child)) await sleep(5);
    },
    thaw: () => void child.kill('SIGCONT'),
    stop: async () => {
      await end(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Whatever a server needs of its own, so that it meets no other one of this machine. */
function daemonOptions(folder: string, port: number): string[] {
  const initFile = join(folder, 'init.sql');
  // A fresh MariaDB has an anonymous user on localhost, which would win over anybody from everywhere.
  const statements = [
    "drop user if exists ''@'localhost'",
    "create user if not exists 'test'@'localhost' identified by 'test'",
    "grant all on *.* to 'test'@'localhost' with grant option",
  ];
  writeFileSync(initFile, statements.map((statement) => `${statement};\n`).join(''));
  return [
    `--socket=${join(folder, 'socket')}`,
    // A MariaDB that starts clears its folder for temporary files, also of another's that are in use.
    `--tmpdir=${folder}`,
    `--pid-file=${join(folder, 'pid')}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--init-file=${initFile}`,
    '--innodb-buffer-pool-size=256M',
    '--innodb-flush-log-at-trx-commit=2',
    '--max-connections=300',
  ];
}

/** Whether every thread of a process is stopped; where the system does not show them, the signal has to do. */
function standsStill(child: ChildProcess): boolean {
  const threads = `/proc/${child.pid}/task`;
  if (!existsSync(threads)) return true;
  return readdirSync(threads).every((id) => {
    try {
      // "pid (name) state …", where the name may hold anything.
      return /\) [Tt] [^)]*$/.test(readFileSync(join(threads, id, 'stat'), 'utf8'));
    } catch {
      return true; // It ended since it was listed.
    }
  });
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    try {
      await (await createConnection(url)).end();
      return;
    } catch (error) {
      if (child.exitCode !== null || Date.now() > deadline)
        throw new Error('The test MariaDB did not start.', { cause: error });
      await sleep(100);
    }
  }
}

/** A TCP port on loopback that nothing listens on. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
