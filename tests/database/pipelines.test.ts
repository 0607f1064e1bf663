import { afterEach, expect, test } from '@jest/globals';
import type { RowDataPacket } from 'mysql2';
import { createConnection } from 'mysql2/promise';
import { describeOnMySql } from '../support/engines.js';
import { eventually, listConnections, lockTable } from '../support/faults.js';
import { keys, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnMySql('reads that follow each other on one connection', (engine) => {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });

  async function start(variables: Record<string, string>): Promise<TestServer> {
    const server = await startServer(engine, { variables });
    cleanups.push(() => server.close());
    return server;
  }

  /**
   * Locks the films and asks for one until that waits on such a connection.
   *
   * @returns how many wait, and what lets all of them go on, with the status that each gets
   */
  async function getStuck(server: TestServer): Promise<{ stuck: number; goOn: () => Promise<number[]> }> {
    const unlock = await lockTable(server.databaseUrl, 'movies');
    cleanups.unshift(unlock);
    const asked: ReturnType<typeof readMovie>[] = [];
    await eventually(
      async () => {
        asked.push(readMovie(server));
        return listConnections(server.databaseUrl);
      },
      // What the database calls the run of a prepared statement; the pool sends texts.
      (commands) => commands.includes('Execute'),
    );
    const goOn = async () => {
      await unlock();
      return (await Promise.all(asked)).map(({ status }) => status);
    };
    return { stuck: asked.length, goOn };
  }

  test('do not come to stand behind one that takes long', async () => {
    const server = await start({ DATABASE_STATEMENT_TIMEOUT_MS: '60000', DATABASE_ACQUIRE_TIMEOUT_MS: '60000' });
    const { goOn } = await getStuck(server);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { status, body } = await sendGraphql(server.url, '{ viewer { name } }', { apiKey: keys.john });
    expect({ status, body }).toEqual({ status: 200, body: { data: { viewer: { name: 'John Doe' } } } });
    expect(await listConnections(server.databaseUrl)).toContain('Execute');
    expect(new Set(await goOn())).toEqual(new Set([200]));
    expect(server.app.database.pool).toEqual({ busy: 0, waiting: 0 });
  });

  test('count among those that the pool and its queue take', async () => {
    const server = await start({
      DATABASE_POOL_SIZE: '8',
      DATABASE_QUEUE_LIMIT: '6',
      DATABASE_STATEMENT_TIMEOUT_MS: '60000',
      DATABASE_ACQUIRE_TIMEOUT_MS: '60000',
    });
    const { stuck, goOn } = await getStuck(server);
    let refused = 0;
    const asked = Array.from({ length: 40 }, async () => {
      const { status } = await readMovie(server);
      if (status === 503) refused += 1;
      return status;
    });
    await eventually(
      async () => refused,
      (count) => count === 40 + stuck - 14,
    );
    const { busy, waiting } = server.app.database.pool ?? { busy: 0, waiting: 0 };
    expect(busy + waiting).toBe(14);
    const served = [...(await goOn()), ...(await Promise.all(asked))];
    expect(served.filter((status) => status === 200)).toHaveLength(14);
    expect(server.app.database.pool).toEqual({ busy: 0, waiting: 0 });
    expect((await listConnections(server.databaseUrl)).length).toBeLessThanOrEqual(8);
  });

  test.each([false, true])(
    'get other connections when theirs are ended, waiting for an answer: %s',
    async (waiting) => {
      const server = await start({ DATABASE_STATEMENT_TIMEOUT_MS: '60000', DATABASE_ACQUIRE_TIMEOUT_MS: '60000' });
      const before = await getStuck(server);
      if (!waiting) await before.goOn();
      await endConnections(server.databaseUrl);
      if (waiting) expect(await before.goOn()).toContain(503);
      await eventually(
        () => readMovie(server),
        ({ status }) => status === 200,
      );
      const { goOn } = await getStuck(server);
      expect(new Set(await goOn())).toEqual(new Set([200]));
    },
  );
});

const readMovie = ({ url }: TestServer) => sendGraphql(url, '{ movie(databaseId: 1) { title } }');

/** Ends every connection to a database, as an administrator can. */
async function endConnections(databaseUrl: string): Promise<void> {
  const connection = await createConnection(databaseUrl);
  const [rows] = await connection.query<RowDataPacket[]>(
    'select id from information_schema.processlist where db = database() and id <> connection_id()',
  );
  for (const row of rows) await connection.query(`kill ${row['id']}`);
  await connection.end();
}
