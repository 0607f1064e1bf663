import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnEveryEngine, sqlite } from '../../support/engines.js';
import { createUser } from '../../support/factories.js';
import { keys, send } from '../../support/http.js';
import { ask, describeOpenWrites } from '../../support/open-writes.js';
import { startServer, type TestServer } from '../../support/server.js';

let people = 0;
const times = <T>(count: number, make: (n: number) => T) => Array.from({ length: count }, (_, n) => make(n));

describeOpenWrites(
  'musiccloud',
  [
    { route: 'POST /usuarios', body: () => ({ nombre: 'A', email: `a${++people}@example.org` }), status: 201 },
    { route: 'PUT /usuarios/2/estado', body: () => ({ estado: true }), status: 200 },
    { route: 'POST /usuarios/2/musica', body: () => ({ musica_id: 1 }), status: 200 },
    { route: 'POST /musica', body: () => ({ titulo: 'T', artista: 'A' }), status: 201 },
  ],
  ['/usuarios/1', '/musica'],
);

describe('Music Cloud, its writes closed', () => {
  test('lets people change their own libraries', async () => {
    const server = await startServer(sqlite, { variables: { MUSICCLOUD_OPEN_WRITES: 'false' } });
    try {
      const request = { apiKey: keys.jane, body: { musica_id: 3 } };
      expect((await ask(server, 'POST /usuarios/2/musica', request)).status).toBe(200);
    } finally {
      await server.close();
    }
  });
});

describeOnEveryEngine('Music Cloud under concurrency', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { variables: { MUSICCLOUD_OPEN_WRITES_PER_MINUTE: '1000' } });
  });
  afterAll(() => server.close());

  test('of many equal people exactly one is put in', async () => {
    const body = { nombre: 'Ana', email: 'ana@example.org' };
    const answers = await Promise.all(times(20, () => ask(server, 'POST /usuarios', { body })));
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([201, ...times(19, () => 400)]);
  });

  test('of many equal additions to a library one row is made, and all are answered alike', async () => {
    const { id } = await createUser(server.app.database);
    const add = () => ask(server, `POST /usuarios/${id}/musica`, { body: { musica_id: 1 } });
    expect((await Promise.all(times(20, add))).map(({ status }) => status)).toEqual(times(20, () => 200));
    expect((await send(`${server.url}/usuarios/${id}`)).body.musica).toHaveLength(1);
  });

  test('counts songs that are added at the same time', async () => {
    const before = Number((await send(`${server.url}/musica?limit=1`)).headers.get('x-total-count'));
    const add = (n: number) => ask(server, 'POST /musica', { body: { titulo: `${n}`, artista: 'A' } });
    await Promise.all(times(20, add));
    const { headers } = await send(`${server.url}/musica?limit=1`);
    expect(headers.get('x-total-count')).toBe(String(before + 20));
    expect((await send(`${server.url}/musica`)).body).toHaveLength(before + 20);
  });
});
