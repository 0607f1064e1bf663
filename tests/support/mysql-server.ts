import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
  const owner = process.getuid?.() === 0 ? ['--user=root'] : [];
  const data = `--datadir=${join(folder, 'data')}`;
  execFileSync(
    install,
    ['--no-defaults', data, ...owner, '--auth-root-authentication-method=normal', '--skip-test-db'],
    {
      stdio: 'pipe',
    },
  );
  const port = await findFreePort();
  const initFile = join(folder, 'init.sql');
  // A fresh MariaDB has an anonymous user on localhost, which would win over anybody from everywhere.
  writeFileSync(
    initFile,
    "drop user if exists ''@'localhost';\ncreate user 'test'@'localhost' identified by 'test';\ngrant all on *.* to 'test'@'localhost' with grant option;\n",
  );
  const child = spawn(
    daemon,
    [
      '--no-defaults',
      data,
      ...owner,
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
      ...options,
    ],
    { stdio: 'ignore' },
  );
  const url = `mysql://test:test@127.0.0.1:${port}`;
  const stop = async () => {
    const exited = new Promise((resolve) => child.once('exit', resolve));
    if (child.kill('SIGTERM')) await exited;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitUntilReady(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
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
