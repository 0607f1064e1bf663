import { describe } from '@jest/globals';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { findProgram, type MySqlServer, startMySqlServer } from './mysql-server.js';

/** Runs a suite that crashes and freezes its MariaDB, where there is one to install it from. */
export function describeWithMariaDb(name: string, suite: (start: () => Promise<MySqlServer>) => void): void {
  const start = async () => {
    const server = await startMySqlServer();
    if (!server) throw new Error('MariaDB is not installed.');
    return server;
  };
  (findProgram('mariadbd') ? describe : describe.skip)(name, () => suite(start));
}

/** Makes every statement on a table wait. @returns lets them go on; safe to repeat */
export async function lockTable(databaseUrl: string, table: string): Promise<() => Promise<void>> {
  const connection = await createConnection(databaseUrl);
  await connection.query(`lock tables ${table} write`);
  return once(() => connection.end());
}

/** Takes a film's row and keeps it. @returns lets it go; safe to repeat */
export async function lockMovieRow(databaseUrl: string, movieId: number): Promise<() => Promise<void>> {
  const connection = await createConnection(databaseUrl);
  await connection.beginTransaction();
  await connection.query('select id from movies where id = ? for update', [movieId]);
  return once(() => connection.end());
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

/** What the server is doing for a database, without this look at it: one entry for each connection. */
export async function listConnections(databaseUrl: string): Promise<string[]> {
  const connection = await createConnection(databaseUrl);
  try {
    const [rows] = await connection.query<RowDataPacket[]>(
      'select command from information_schema.processlist where db = database() and id <> connection_id()',
    );
    return rows.map((row) => String(row['command']));
  } finally {
    await connection.end();
  }
}

/** Ends every connection that is in the middle of a statement on a database, as an administrator can. */
export async function killStatements(databaseUrl: string): Promise<void> {
  const connection = await createConnection(databaseUrl);
  const [rows] = await connection.query<RowDataPacket[]>(
    "select id from information_schema.processlist where db = database() and command = 'Query' and id <> connection_id()",
  );
  for (const row of rows) await connection.query(`kill ${row['id']}`);
  await connection.end();
}

/** Asks again and again, a moment apart, until the answer is right. @throws after some 20 s */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (attempt === 200) throw new Error(`It never became right: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
