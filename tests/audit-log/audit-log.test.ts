import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { migrate } from '../../server/database/schema.js';
import { createCommandDatabase } from '../support/commands.js';
import { sendSample, writes } from '../support/dialect-samples.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { keys, sendGraphql } from '../support/http.js';
import { type CapturedLog, captureLog } from '../support/log.js';
import { startServer, type TestServer } from '../support/server.js';

const fields = 'actorKind actorId door requestId action subjectType subjectId before after';

describeOnEveryEngine('the audit log', (engine) => {
  let server: TestServer;
  let log: CapturedLog;
  let admin: string;

  beforeAll(async () => {
    log = captureLog();
    server = await startServer(engine, { logger: log.logger });
    const { id, apiKey } = await createUser(server.app.database);
    await server.app.database.sql.updateTable('users').set({ role: 'admin' }).where('id', '=', id).execute();
    admin = apiKey;
  });
  afterAll(() => server.close());

  async function read(args = 'first: 100', selection = `nodes { ${fields} }`) {
    const { body } = await sendGraphql(server.url, `{ auditLog(${args}) { ${selection} } }`, { apiKey: admin });
    return body.data.auditLog;
  }

  async function entriesOf(requestId: string | null) {
    const { nodes } = await read();
    return nodes.filter((entry: { requestId: string }) => entry.requestId === requestId);
  }

  it('says who changed what through which door, with the values before and after', async () => {
    const john = { actorKind: 'USER', actorId: '1' };
    const run = (requestId: string, mutation: string) =>
      sendGraphql(server.url, `mutation { result: ${mutation} }`, {
        apiKey: keys.john,
        headers: { 'x-request-id': requestId },
      });
    const create = 'rateMovie(input: { movieId: "22", score: 4.5, comment: "Fine" }) { rating { databaseId } }';
    const created = await run('audit-create', create);
    const id = String(created.body.data.result.rating.databaseId);
    await run('audit-replace', 'rateMovie(input: { movieId: "22", score: 3 }) { created }');
    await run('audit-delete', 'deleteRating(input: { movieId: "22" }) { outcome }');

    const about = { ...john, subjectType: 'rating', subjectId: id };
    const fine = { score: 4.5, comment: 'Fine' };
    expect(await entriesOf('audit-create')).toEqual([
      expect.objectContaining({
        ...about,
        door: 'graphql',
        action: 'rating.create',
        before: null,
        after: { userId: 1, movieId: 22, ...fine },
      }),
    ]);
    expect(await entriesOf('audit-replace')).toEqual([
      expect.objectContaining({
        ...about,
        door: 'graphql',
        action: 'rating.update',
        before: fine,
        after: { score: 3, comment: null },
      }),
    ]);
    expect(await entriesOf('audit-delete')).toEqual([
      expect.objectContaining({
        ...about,
        action: 'rating.delete',
        before: { userId: 1, movieId: 22, score: 3, comment: null },
      }),
    ]);
  });

  it.each(writes)('names $name as the door of what came through it', async ({ name, write }) => {
    const requestId = `audit-${name}`;
    expect((await sendSample(server.url, write, { headers: { 'x-request-id': requestId } })).status).toBe(write.status);
    expect(await entriesOf(requestId)).toEqual([expect.objectContaining({ door: name, action: write.action })]);
  });

  it('has nothing of what was refused, or changed nothing', async () => {
    const run = async (requestId: string, mutation: string) => {
      const headers = { 'x-request-id': requestId };
      return (await sendGraphql(server.url, `mutation { result: ${mutation} }`, { apiKey: keys.bob, headers })).body;
    };
    const add = 'addToWatchlist(input: { movieId: "23" }) { outcome }';
    expect(await run('audit-first', add)).toEqual({ data: { result: { outcome: 'ADDED' } } });
    expect(await run('audit-repeat', add)).toEqual({ data: { result: { outcome: 'ALREADY_PRESENT' } } });
    const absent = await run('audit-absent', 'rateMovie(input: { movieId: "999999", score: 3 }) { created }');
    expect(absent.errors[0].extensions.code).toBe('NOT_FOUND');
    expect(await entriesOf('audit-first')).toHaveLength(1);
    expect(await entriesOf('audit-repeat')).toEqual([]);
    expect(await entriesOf('audit-absent')).toEqual([]);
  });

  it('tells that someone logged in and changed their password, and never a secret or an address', async () => {
    const register = 'mutation ($input: RegisterInput!) { register(input: $input) { token user { databaseId } } }';
    const input = { name: 'Canary', email: 'canary-mail@example.org', password: 'canary-password' };
    const { token, user } = (await sendGraphql(server.url, register, { variables: { input } })).body.data.register;
    const headers = { authorization: `Bearer ${token}`, 'x-request-id': 'audit-profile' };
    const update = 'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { id } } }';
    const change = { name: 'Robin', newPassword: 'canary-changed', currentPassword: 'canary-password' };
    await sendGraphql(server.url, update, { headers, variables: { input: change } });
    const create = 'mutation { createApiKey(input: { name: "phone" }) { secret } }';
    const { secret } = (await sendGraphql(server.url, create, { headers })).body.data.createApiKey;

    const { nodes } = await read(`first: 100, filter: { subject: { type: "user", id: "${user.databaseId}" } }`);
    expect(nodes.map(({ action }: { action: string }) => action)).toEqual(['user.update', 'user.login', 'user.create']);
    expect(nodes[0]).toMatchObject({ before: { name: 'Canary' }, after: { name: 'Robin', password: 'changed' } });
    expect(nodes[1]).toMatchObject({ actorKind: 'ANONYMOUS', actorId: null });
    const everything = JSON.stringify(await server.app.database.sql.selectFrom('audit_log').selectAll().execute());
    for (const canary of ['canary-', token, secret, secret.slice(0, 10)]) expect(everything).not.toContain(canary);
  });

  it('cannot be changed, not even by SQL', async () => {
    const { sql } = server.app.database;
    const message = 'The audit log is only ever added to.';
    await expect(sql.updateTable('audit_log').set({ action: 'nothing.happened' }).execute()).rejects.toThrow(message);
    await expect(sql.deleteFrom('audit_log').execute()).rejects.toThrow(message);
  });

  it('is read by keyset, the latest first, or the other way', async () => {
    const page = 'nodes { id } pageInfo { hasNextPage endCursor } totalCount';
    const first = await read('first: 3', page);
    const second = await read(`first: 3, after: "${first.pageInfo.endCursor}"`, page);
    const ids = [...first.nodes, ...second.nodes].map(({ id }: { id: string }) => Number(id));
    expect(ids).toEqual([...ids].sort((a, b) => b - a));
    expect(new Set(ids).size).toBe(6);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const oldest = await read('first: 1, orderBy: { field: ID, direction: ASC }', 'nodes { id action }');
    expect(oldest.nodes[0]).toMatchObject({ action: 'catalog.seed' });
    expect(first.totalCount).toBeGreaterThan(6);
  });

  it('shows what one person did', async () => {
    const { nodes, totalCount } = await read('filter: { userId: "3" }', 'nodes { actorId } totalCount');
    expect(new Set(nodes.map(({ actorId }: { actorId: string }) => actorId))).toEqual(new Set(['3']));
    expect(totalCount).toBe(nodes.length);
  });

  it('has a line in the log beside each entry, without the values', async () => {
    const line = await log.find({ msg: 'audit', requestId: 'audit-create' });
    expect(line).toMatchObject({ dialect: 'graphql', viewer: { kind: 'user', id: 1 }, action: 'rating.create' });
    expect(log.text()).not.toContain('Fine');
  });

  it('shortens texts that are long', async () => {
    const comment = 'x'.repeat(500);
    const headers = { 'x-request-id': 'audit-long' };
    const rate = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { created } }';
    const variables = { input: { movieId: '24', score: 1, comment } };
    await sendGraphql(server.url, rate, { apiKey: keys.john, variables, headers });
    const [entry] = await entriesOf('audit-long');
    expect(entry.after.comment).toMatch(/^x{199}…$/);
  });
});

describeOnEveryEngine('the audit log of commands', (engine) => {
  it('says that an operator made someone, and an administrator of them', async () => {
    const files = await createCommandDatabase(engine);
    try {
      await migrate(files.database);
      const { stdout } = await files.run('create-user', ['--name', 'Ada', '--admin']);
      expect(stdout).toContain('Created user 1: Ada');
      const entries = await files.database.sql.selectFrom('audit_log').selectAll().orderBy('id').execute();
      expect(entries.map(({ action }) => action)).toEqual(['user.create', 'apiKey.create']);
      expect(entries[0]).toMatchObject({ actor_kind: 'system', actor_id: null, door: 'command', request_id: null });
      expect(entries[0]?.new_values).toBe('{"name":"Ada","username":null,"role":"admin"}');
    } finally {
      await files.drop();
    }
  });
});
