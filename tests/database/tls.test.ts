import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RowDataPacket } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import { startCommand } from '../support/commands.js';
import { describeOnMySql } from '../support/engines.js';
import { eventually } from '../support/faults.js';
import { send } from '../support/http.js';
import { type MySqlServer, startMySqlServer } from '../support/mysql-server.js';
import { startServerProcess } from '../support/process.js';

describeOnMySql('a database that takes no plain connection', () => {
  let folder: string;
  let server: MySqlServer | undefined;
  let url: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'filmgraph-tls-'));
    createCertificate(folder, 'localhost');
    server = await startMySqlServer([`--ssl-cert=${join(folder, 'cert.pem')}`, `--ssl-key=${join(folder, 'key.pem')}`]);
    url = await createDatabase(server?.url ?? '');
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('is migrated over TLS by whoever trusts its certificate', async () => {
    const trust = { DATABASE_TLS: 'system', NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') };
    const { code, stdout } = await startCommand('migrate', [], { DATABASE_URL: url, ...trust }).result;
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('Migrated mysql://secure@') });
  });

  test('is read over TLS on every kind of connection', async () => {
    const trust = { DATABASE_TLS: 'system', NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') };
    const process = await startServerProcess({ NODE_ENV: 'production', DATABASE_URL: url, ...trust });
    try {
      await eventually(
        async () => {
          expect(await send(`${process.url}/movies`)).toMatchObject({ status: 200 });
          return countPreparedRuns(server?.url ?? '');
        },
        (count) => count > 0,
      );
    } finally {
      await process.end('SIGTERM');
    }
  });

  test.each([
    ['off', 'Access denied'],
    ['system', 'self-signed certificate'],
    ['amazon-rds', 'self-signed certificate'],
  ])('is not spoken to with DATABASE_TLS=%s and no trust in it', async (choice, problem) => {
    const { code, stderr } = await startCommand('migrate', [], { DATABASE_URL: url, DATABASE_TLS: choice }).result;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(problem) });
  });

  test('is not spoken to when its certificate is for another host', async () => {
    createCertificate(folder, 'db.example');
    await query(server?.url ?? '', 'flush ssl');
    const trust = { DATABASE_TLS: 'system', NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') };
    const { code, stderr } = await startCommand('migrate', [], { DATABASE_URL: url, ...trust }).result;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('does not match') });
  });
});

/** A certificate for one host that nobody has signed but itself. */
function createCertificate(folder: string, host: string): void {
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...files, ...subject], {
    stdio: 'pipe',
  });
}

/** A database for a user who may only come over TLS. @returns its URL */
async function createDatabase(url: string): Promise<string> {
  await query(
    url,
    'create database secure character set utf8mb4 collate utf8mb4_bin',
    "create user 'secure'@'%' identified by 'secure' require ssl",
    "grant all on secure.* to 'secure'@'%'",
  );
  return `mysql://secure:secure@localhost:${new URL(url).port}/secure`;
}

async function query(url: string, ...statements: readonly string[]): Promise<void> {
  const connection = await createConnection(url);
  for (const statement of statements) await connection.query(statement);
  await connection.end();
}

/** How often the server ran a statement that was prepared before, which only pipelines send. */
async function countPreparedRuns(url: string): Promise<number> {
  const connection = await createConnection(url);
  const [rows] = await connection.query<RowDataPacket[]>("show global status like 'Com_stmt_execute'");
  await connection.end();
  return Number(rows[0]?.['Value']);
}
