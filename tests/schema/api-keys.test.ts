import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { keys, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('API keys', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const run = async (text: string, apiKey?: string) =>
    sendGraphql(server.url, text, apiKey === undefined ? {} : { apiKey });
  const works = async (apiKey: string) => (await run('{ viewer { id } }', apiKey)).status === 200;
  const create = async (owner: string, name: string) =>
    (
      await run(
        `mutation { createApiKey(input: { name: "${name}" }) { secret apiKey { id name prefix lastUsedAt } } }`,
        owner,
      )
    ).body.data.createApiKey;

  it('shows a new key once, and afterwards only how it begins', async () => {
    const { apiKey: owner } = await createUser(server.app.database);
    const { secret, apiKey } = await create(owner, ' laptop ');
    expect(apiKey).toEqual({ id: expect.any(String), name: 'laptop', prefix: secret.slice(0, 10), lastUsedAt: null });
    expect(await works(secret)).toBe(true);
    const list = await run('{ viewer { apiKeys { name prefix } } }', owner);
    expect(list.body.data.viewer.apiKeys.map(({ name }: { name: string }) => name)).toEqual(['test', 'laptop']);
    expect(list.text).not.toContain(secret);
    const stored = await server.app.database.sql.selectFrom('api_keys').selectAll().execute();
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  it('replaces a key at once', async () => {
    const { apiKey: owner } = await createUser(server.app.database);
    const { secret, apiKey } = await create(owner, 'old');
    const { body } = await run(
      `mutation { rotateApiKey(input: { id: "${apiKey.id}" }) { secret apiKey { id name } } }`,
      owner,
    );
    const { secret: next, apiKey: nextKey } = body.data.rotateApiKey;
    expect([await works(secret), await works(next), nextKey.name, nextKey.id === apiKey.id]).toEqual([
      false,
      true,
      'old',
      false,
    ]);
  });

  it('ends a key, once', async () => {
    const { apiKey: owner } = await createUser(server.app.database);
    const { secret, apiKey } = await create(owner, 'short-lived');
    const revoke = async () =>
      (await run(`mutation { revokeApiKey(input: { id: "${apiKey.id}" }) { outcome } }`, owner)).body.data.revokeApiKey
        .outcome;
    expect([await revoke(), await works(secret), await revoke()]).toEqual(['REMOVED', false, 'ABSENT']);
  });

  it("keeps everyone's hands off other people's keys", async () => {
    const { apiKey: owner } = await createUser(server.app.database);
    const { secret, apiKey } = await create(owner, 'mine');
    const rotated = await run(`mutation { rotateApiKey(input: { id: "${apiKey.id}" }) { secret } }`, keys.jane);
    const revoked = await run(`mutation { revokeApiKey(input: { id: "${apiKey.id}" }) { outcome } }`, keys.jane);
    const listed = await run('{ user(id: "1") { apiKeys { id } } }', keys.jane);
    expect(rotated.body.errors[0].extensions).toEqual({ code: 'NOT_FOUND', resource: 'apiKey' });
    expect(revoked.body.data.revokeApiKey).toEqual({ outcome: 'ABSENT' });
    expect(listed.body.data.user).toEqual({ apiKeys: null });
    expect(await works(secret)).toBe(true);
  });

  it.each(['', 'x'.repeat(101)])('refuses the name %j', async (name) => {
    const { body } = await run(`mutation { createApiKey(input: { name: "${name}" }) { secret } }`, keys.bob);
    expect(body.errors[0].extensions).toEqual({ code: 'INVALID', field: 'name' });
  });

  it('notes when a key was used, after the request', async () => {
    const { apiKey: owner, id } = await createUser(server.app.database);
    await run('{ genres }', owner);
    await server.app.flush();
    const row = await server.app.database.sql
      .selectFrom('api_keys')
      .select('last_used_at')
      .where('user_id', '=', id)
      .executeTakeFirstOrThrow();
    expect(Date.now() - Number(row.last_used_at)).toBeLessThan(60_000);
  });

  it('has at most twenty a person', async () => {
    const { apiKey: owner } = await createUser(server.app.database);
    for (let count = 1; count < 20; count++) await create(owner, `key ${count}`);
    const { body } = await run('mutation { createApiKey(input: { name: "one more" }) { secret } }', owner);
    expect(body.errors[0].extensions).toEqual({ code: 'INVALID', field: 'apiKeys' });
  });
});
