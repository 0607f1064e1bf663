import { mySqlUrlVariable, startMySqlServer } from './mysql-server.js';

/**
 * Gives the whole run one MySQL-compatible server: the one that TEST_MYSQL_URL names, or a MariaDB of its own. Without
 * either, CI fails and anyone else is told, loudly, what was not tested.
 */
export default async function globalSetup(): Promise<void> {
  if (process.env[mySqlUrlVariable]) return;
  const server = await startMySqlServer();
  if (server) {
    process.env[mySqlUrlVariable] = server.url;
    Object.assign(globalThis, { stopTestMySqlServer: server.stop });
    return;
  }
  const message = 'MariaDB is not installed (Debian: apt-get install mariadb-server)';
  if (process.env['CI']) throw new Error(`${message}: in CI every suite must run on it.`);
  process.stderr.write(`\n${'!'.repeat(90)}\n!! ${message}.\n!! EVERY MySQL SUITE IS SKIPPED.\n${'!'.repeat(90)}\n\n`);
}
