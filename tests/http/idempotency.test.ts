import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, send, sendGraphql, type TestResponse } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const createKey = 'mutation { createApiKey(input: { name: "idempotent" }) { secret } }';
let uses = 0;
const newKey = () => `key-${++uses}`;

describeOnEveryEngine('Idempotency-Key', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const ask = (text: string, key: string, apiKey: string = keys.john): Promise<TestResponse> =>
    sendGraphql(server.url, text, { headers: { 'idempotency-key': key }, apiKey });
  const countKeys = async () => {
    const query = server.app.database.sql.selectFrom('api_keys').select((eb) => eb.fn.countAll<number>().as('total'));
    return Number((await query.executeTakeFirstOrThrow()).total);
  };

  test('does once what is sent twice, and answers it alike', async () => {
    const key = newKey();
    const before = await countKeys();
    const [first, again] = [await ask(createKey, key), await ask(createKey, key)];
    expect(first.body.data.createApiKey.secret).toMatch(/^fg_/);
    expect({ status: again.status, text: again.text }).toEqual({ status: first.status, text: first.text });
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(await countKeys()).toBe(before + 1);
  });

  test('does once what is sent many times at once', async () => {
    const key = newKey();
    const before = await countKeys();
    const responses = await Promise.all(Array.from({ length: 8 }, () => ask(createKey, key)));
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(new Set(responses.filter(({ status }) => status === 200).map(({ text }) => text)).size).toBe(1);
    expect(await countKeys()).toBe(before + 1);
  });

  test('refuses another request with the same key, and does nothing of it', async () => {
    const key = newKey();
    await ask(createKey, key);
    const before = await countKeys();
    const { status, body } = await ask('mutation { createApiKey(input: { name: "other" }) { secret } }', key);
    expect({ status, code: body.errors[0].extensions.code }).toEqual({ status: 422, code: 'INVALID' });
    expect(await countKeys()).toBe(before);
  });

  test('is each sender’s own', async () => {
    const key = newKey();
    const [john, jane] = [await ask(createKey, key), await ask(createKey, key, keys.jane)];
    expect(jane.body.data.createApiKey.secret).not.toBe(john.body.data.createApiKey.secret);
  });

  test('keeps answers so that the database alone does not tell them', async () => {
    const { body } = await ask(createKey, newKey());
    const rows = JSON.stringify(await server.app.database.sql.selectFrom('idempotency_keys').selectAll().execute());
    const { secret } = body.data.createApiKey;
    expect(rows).not.toContain(secret);
    expect(Buffer.from(rows, 'base64').toString('latin1')).not.toContain(secret);
  });

  test('leaves queries alone, whose answers change', async () => {
    const key = newKey();
    const read = '{ movie(databaseId: 25) { ratingCount } }';
    const before = (await ask(read, key)).body.data.movie.ratingCount;
    await ask('mutation { rateMovie(input: { movieId: "25", score: 1 }) { created } }', newKey());
    expect((await ask(read, key)).body.data.movie.ratingCount).toBe(before + 1);
  });

  test('keeps refusals, which would be the same again', async () => {
    const key = newKey();
    const text = 'mutation { deleteRating(input: { movieId: "999999" }) { outcome } }';
    const [first, again] = [await ask(text, key), await ask(text, key)];
    expect(first.body.errors[0].extensions.code).toBe('NOT_FOUND');
    expect(again.text).toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  test.each(['', 'with blank', 'ñ'.repeat(3), 'x'.repeat(256)])('refuses what cannot be a key: %j', async (key) => {
    // fetch takes only characters of one byte.
    const response = await ask(createKey, Buffer.from(key, 'utf8').toString('latin1'));
    expect({ status: response.status, code: response.body.errors?.[0].extensions.code }).toEqual({
      status: 422,
      code: 'INVALID',
    });
  });

  test('works on bodies that come in pieces, and on none', async () => {
    const headers = { 'idempotency-key': newKey(), 'content-type': 'application/json', 'x-api-key': keys.john };
    const pieces = () =>
      new ReadableStream({
        start: (controller) => {
          const text = JSON.stringify({ query: createKey });
          for (let place = 0; place < text.length; place += 7)
            controller.enqueue(Buffer.from(text.slice(place, place + 7)));
          controller.close();
        },
      });
    const post = () => fetch(`${server.url}/graphql`, { method: 'POST', headers, body: pieces(), duplex: 'half' });
    const [first, again] = [await (await post()).text(), await (await post()).text()];
    expect(JSON.parse(first).data.createApiKey.secret).toMatch(/^fg_/);
    expect(again).toBe(first);
    const empty = { method: 'POST', headers: { ...headers, 'idempotency-key': newKey() } };
    expect((await send(`${server.url}/graphql`, empty)).status).toBe(400);
  });

  describe('of a request whose process died', () => {
    test('lets the next one do it, once it is taken for lost', async () => {
      const key = newKey();
      await ask(createKey, key);
      const lost = { answer: null, locked_until: Date.now() - 1 };
      await server.app.database.sql.updateTable('idempotency_keys').set(lost).execute();
      const before = await countKeys();
      expect((await ask(createKey, key)).body.data.createApiKey.secret).toMatch(/^fg_/);
      expect(await countKeys()).toBe(before + 1);
    });
  });

  test('forgets after a day', async () => {
    const key = newKey();
    const first = await ask(createKey, key);
    const old = { expires_at: Date.now() - 1, locked_until: Date.now() - 2 };
    await server.app.database.sql.updateTable('idempotency_keys').set(old).execute();
    const again = await ask(createKey, key);
    expect(again.text).not.toBe(first.text);
    expect(again.headers.get('idempotency-replayed')).toBe(null);
  });
});
