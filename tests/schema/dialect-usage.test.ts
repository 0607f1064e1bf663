import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { DialectUsageCounter } from '../../server/domain/dialect-usage/dialect-usage.counter.js';
import { DialectUsageRepository } from '../../server/domain/dialect-usage/dialect-usage.repository.js';
import type { DialectCall } from '../../server/domain/dialect-usage/dialect-usage.types.js';
import { samples, sendSample, trustingVerifier as tokenVerifier } from '../support/dialect-samples.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { send, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('the use of dialects', (engine) => {
  let server: TestServer;
  let admin: string;
  beforeAll(async () => {
    server = await startServer(engine, { tokenVerifier });
    const { id, apiKey } = await createUser(server.app.database);
    await server.app.database.sql.updateTable('users').set({ role: 'admin' }).where('id', '=', id).execute();
    admin = apiKey;
  });
  afterAll(() => server.close());
  afterEach(async () => {
    await server.app.flush();
    await server.app.database.sql.deleteFrom('dialect_calls').execute();
  });

  async function readUsage(args = '', fields = 'dialect route calls callerKind user { username } clientId') {
    await server.app.flush();
    const { body } = await sendGraphql(server.url, `{ dialectUsage${args} { ${fields} } }`, { apiKey: admin });
    expect(body.errors).toBeUndefined();
    return body.data.dialectUsage;
  }

  test.each(samples)('of $name is counted by route and caller, unknown paths too', async ({ name, read, write }) => {
    for (let count = 0; count < 3; count++) await sendSample(server.url, read);
    for (const path of ['/nothing/here', '/nor/there']) await send(server.url + read.path + path);
    const nobody = { callerKind: 'ANONYMOUS', user: null, clientId: null };
    const caller = {
      none: nobody,
      apiKey: { callerKind: 'USER', user: { username: 'john_doe' }, clientId: null },
      bearer: { callerKind: 'SERVICE', user: null, clientId: 'c' },
    };
    expect(await readUsage()).toEqual([
      { dialect: name, route: read.route, calls: 3, ...caller[read.credential ?? 'none'] },
      { dialect: name, route: 'unknown', calls: 2, ...nobody },
    ]);
    if (!write) return;
    await sendSample(server.url, write);
    expect(await readUsage()).toContainEqual({
      dialect: name,
      route: write.route,
      calls: 1,
      ...caller[write.credential ?? 'none'],
    });
  });

  test('is not that of GraphQL, nor of paths that no dialect owns', async () => {
    await send(`${server.url}/health`);
    await send(`${server.url}/nothing`);
    expect(await readUsage()).toEqual([]);
  });

  test('is read by dialect and by days, the largest first, and no more than asked for', async () => {
    const usage = new DialectUsageRepository(server.app.database);
    const call = { dialect: 'mimo', route: 'GET /movies', caller: 'service:a:robot' };
    await usage.add([
      { ...call, day: '2026-11-01', calls: 1 },
      { ...call, day: '2026-11-02', calls: 2 },
      { ...call, day: '2026-11-03', calls: 4 },
      { ...call, dialect: 'users', day: '2026-11-02', calls: 8 },
    ]);
    const fields = 'dialect calls firstDay lastDay clientId';
    const mimo = { dialect: 'mimo', clientId: 'a:robot' };
    expect(await readUsage('(dialect: "mimo")', fields)).toEqual([
      { ...mimo, calls: 7, firstDay: '2026-11-01', lastDay: '2026-11-03' },
    ]);
    expect(await readUsage('(dialect: "mimo", from: "2026-11-02", to: "2026-11-02")', fields)).toEqual([
      { ...mimo, calls: 2, firstDay: '2026-11-02', lastDay: '2026-11-02' },
    ]);
    expect(await readUsage('(first: 1)', 'dialect calls')).toEqual([{ dialect: 'users', calls: 8 }]);
  });

  test.each(['(from: "yesterday")', '(to: "2026-02-30")', '(first: 0)', '(first: 101)'])(
    'is not read for %s',
    async (args) => {
      const { body } = await sendGraphql(server.url, `{ dialectUsage${args} { calls } }`, { apiKey: admin });
      expect(body.errors[0].extensions.code).toBe('INVALID');
    },
  );

  describe('counted by several processes at once', () => {
    const call: DialectCall = { day: '2026-11-25', dialect: 'mimo', route: 'GET /movies', caller: 'user:1' };

    test('adds up', async () => {
      const usage = new DialectUsageRepository(server.app.database);
      const counters = Array.from({ length: 4 }, () => new DialectUsageCounter(usage, () => {}));
      for (const [index, counter] of counters.entries()) {
        for (let count = 0; count < 25; count++) counter.note({ ...call, caller: `user:${(index + count) % 5}` });
      }
      await Promise.all(counters.map((counter) => counter.close()));
      const rows = await usage.list({ dialect: null, from: null, to: null }, 100);
      expect(rows.map(({ caller, calls }) => [caller, calls])).toEqual(
        [0, 1, 2, 3, 4].map((user) => [`user:${user}`, 20]),
      );
    });

    test('loses nothing while the database is away', async () => {
      const usage = new DialectUsageRepository(server.app.database);
      let away = true;
      const flaky = { add: (counts: never) => (away ? Promise.reject(new Error('away')) : usage.add(counts)) };
      // The counter uses no more of a repository than this.
      const counter = new DialectUsageCounter(flaky as unknown as DialectUsageRepository, () => {});
      counter.note(call);
      await expect(counter.flush()).rejects.toThrow('away');
      counter.note(call);
      away = false;
      await counter.close();
      expect(await usage.list({ dialect: null, from: null, to: null }, 100)).toMatchObject([{ calls: 2 }]);
    });
  });
});
