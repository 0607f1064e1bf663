import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { hashLegacyPassword } from '../../server/domain/users/password.js';
import { UserRepository } from '../../server/domain/users/user.repository.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, sendGraphql, type TestResponse } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const session = '{ token expiresAt user { name email } }';
const wrong = [expect.objectContaining({ extensions: { code: 'WRONG_CREDENTIALS' } })];
let addresses = 0;

describeOnEveryEngine('accounts', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const run = (text: string, headers: Record<string, string> = {}, variables: Record<string, unknown> = {}) =>
    sendGraphql(server.url, text, { headers, variables });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const register = async (password = 'correct horse') => {
    const email = `person${++addresses}@example.org`;
    const text = `mutation ($input: RegisterInput!) { register(input: $input) ${session} }`;
    const response = await run(text, {}, { input: { name: 'Ada', email, password } });
    return { email, password, response, token: String(response.body.data?.register.token) };
  };
  const login = (email: string, password: string) =>
    run(`mutation ($input: LoginInput!) { login(input: $input) ${session} }`, {}, { input: { email, password } });
  const viewer = async (headers: Record<string, string>) =>
    (await run('{ viewer { email } }', headers)).body.data?.viewer;

  it('registers someone and logs them in, by token and by cookie', async () => {
    const { email, response, token } = await register();
    expect(response.body.data.register.user).toEqual({ name: 'Ada', email });
    const cookie = cookieOf(response);
    expect(cookie.attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Lax', 'Path=/']));
    expect(await viewer(bearer(token))).toEqual({ email });
    expect(await viewer({ cookie: cookie.pair })).toEqual({ email });
  });

  it('logs in whatever the case of the address', async () => {
    const { email, password } = await register();
    const { body } = await login(email.toUpperCase(), password);
    expect(body.data.login.user.email).toBe(email);
  });

  it('answers an unknown address and a wrong password alike', async () => {
    const { email } = await register();
    const [unknown, mistaken] = [await login('nobody@example.org', 'correct horse'), await login(email, 'wrong horse')];
    expect(unknown.body).toEqual({ data: null, errors: wrong });
    expect(mistaken.body).toEqual({ ...unknown.body, errors: wrong });
    expect(mistaken.text).toBe(unknown.text);
  });

  it.each([
    [
      { name: ' ', email: 'a@b.co', password: 'long enough' },
      { code: 'INVALID', field: 'name' },
    ],
    [
      { name: 'A', email: 'nope', password: 'long enough' },
      { code: 'INVALID', field: 'email' },
    ],
    [
      { name: 'A', email: 'a@b.co', password: 'short' },
      { code: 'INVALID', field: 'password' },
    ],
    [
      { name: 'A', email: 'JOHN@example.com', password: 'long enough' },
      { code: 'CONFLICT', reason: 'emailTaken' },
    ],
    [
      { name: 'A', email: 'c@b.co', username: 'john_doe', password: 'long enough' },
      { code: 'CONFLICT', reason: 'usernameTaken' },
    ],
  ])('refuses to register %j, and repeats no password', async (input, extensions) => {
    const { body, text } = await run(
      'mutation ($input: RegisterInput!) { register(input: $input) { token } }',
      {},
      { input },
    );
    expect(body.errors[0].extensions).toEqual(extensions);
    expect(text).not.toContain(input.password);
  });

  it('ends a session at logout, for its token and its cookie, and not before', async () => {
    const { response, token } = await register();
    const logout = () => run('mutation { logout { outcome } }', bearer(token));
    const first = await logout();
    expect(first.body.data.logout).toEqual({ outcome: 'REMOVED' });
    expect(cookieOf(first).attributes).toContain('Max-Age=0');
    expect((await logout()).status).toBe(401);
    expect(await viewer({ cookie: cookieOf(response).pair })).toBeNull();
  });

  it.each([
    ['changed in one place', (token: string) => `${token.slice(0, -3)}${token.endsWith('AAA') ? 'BBB' : 'AAA'}`],
    ['without its signature', (token: string) => token.slice(0, token.lastIndexOf('.') + 1)],
    ['that nobody signed', () => 'fgs_e30.e30.e30'],
  ])('refuses a session token %s', async (_what, forge) => {
    const { token } = await register();
    expect((await run('{ genres }', bearer(forge(token)))).status).toBe(401);
  });

  it('ignores the cookie of a request that another site caused', async () => {
    const { response } = await register();
    const cookie = cookieOf(response).pair;
    expect(await viewer({ cookie, 'sec-fetch-site': 'cross-site' })).toBeNull();
    expect(await viewer({ cookie, 'sec-fetch-site': 'same-origin' })).not.toBeNull();
  });

  it('takes over a password of which only the MD5 is known, and forgets the MD5 at the first login', async () => {
    const users = new UserRepository(server.app.database);
    const md5 = createHash('md5').update('contrasena123').digest('hex');
    const { id } = await users.create({
      name: 'Luz',
      email: 'luz@example.org',
      passwordHash: await hashLegacyPassword(md5),
    });
    expect((await login('luz@example.org', md5)).body.errors).toEqual(wrong);
    expect((await login('luz@example.org', 'contrasena123')).body.data.login.user.name).toBe('Luz');
    expect((await users.findWithPassword({ id }))?.passwordHash).toMatch(/^\$argon2id\$/);
    expect((await login('luz@example.org', 'contrasena123')).body.errors).toBeUndefined();
  });

  it('refuses a disabled account once its password is right, and its sessions at once', async () => {
    const { email, password, token } = await register();
    await server.app.database.sql.updateTable('users').set({ active: false }).where('email', '=', email).execute();
    expect((await login(email, 'wrong horse')).body.errors).toEqual(wrong);
    expect((await login(email, password)).body.errors[0].extensions.code).toBe('ACCOUNT_DISABLED');
    expect((await run('{ genres }', bearer(token))).status).toBe(403);
  });

  it('stops guessing at an account, and says for how long', async () => {
    const { email, password } = await register();
    const answers = [];
    for (let attempt = 0; attempt < 11; attempt++)
      answers.push((await login(email, `guess ${attempt}`)).body.errors[0].extensions);
    expect(answers[9]).toEqual({ code: 'WRONG_CREDENTIALS' });
    expect(answers[10]).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) });
    expect((await login(email, password)).body.errors[0].extensions.code).toBe('RATE_LIMITED');
  });

  it('changes a profile; address and password only with the current password, which ends other sessions', async () => {
    const { email, password, token } = await register();
    const other = String((await login(email, password)).body.data.login.token);
    const update = (input: Record<string, unknown>) =>
      run(
        'mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { user { name email username } } }',
        bearer(token),
        { input },
      );
    expect((await update({ name: 'Ada L.', username: `ada${addresses}` })).body.data.updateProfile.user).toEqual({
      name: 'Ada L.',
      email,
      username: `ada${addresses}`,
    });
    expect((await update({ newPassword: 'another horse' })).body.errors[0].extensions).toEqual({
      code: 'INVALID',
      field: 'currentPassword',
    });
    expect((await update({ newPassword: 'another horse', currentPassword: 'wrong' })).body.errors).toEqual(wrong);
    expect((await update({ newPassword: 'another horse', currentPassword: password })).body.errors).toBeUndefined();
    expect((await run('{ genres }', bearer(other))).status).toBe(401);
    expect((await run('{ genres }', bearer(token))).status).toBe(200);
    expect((await login(email, 'another horse')).body.errors).toBeUndefined();
  });

  it('lets only people change a profile', async () => {
    const { body } = await run('mutation { updateProfile(input: { name: "x" }) { user { name } } }');
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect((await viewer({ 'x-api-key': keys.john }))?.email).toBe('john@example.com');
  });
});

/** The one cookie that a response sets. */
function cookieOf({ headers }: TestResponse): { pair: string; attributes: string[] } {
  const [pair = '', ...attributes] = (headers.get('set-cookie') ?? '').split('; ');
  return { pair, attributes };
}
