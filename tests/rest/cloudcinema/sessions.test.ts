import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOnEveryEngine, sqlite } from '../../support/engines.js';
import { send } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';
import { ana, password, startCinema } from './stage.js';

const page = 'https://cine.example.org';

describeOnEveryEngine('the sessions of CloudCinema', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startCinema(engine, { CLOUDCINEMA_ORIGINS: page });
  });
  afterAll(() => server.close());

  const login = () => send(`${server.url}/user/login`, { body: { correo: 'ana@mail.com', contrasena: password } });
  const add = (headers: Record<string, string>) =>
    send(`${server.url}/user/playlist/add`, { headers, body: { id_usuario: ana.id, id_pelicula: 9 } });
  const cookieOf = async () => ((await login()).headers.get('set-cookie') ?? '').split(';')[0] ?? '';

  test('are a cookie that no script reads and no other site sends, and a token that does the same', async () => {
    const { headers, body } = await login();
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^filmgraph_session=fgs_[\w.-]+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).toContain(`=${body.token};`);
    const read = (sent: Record<string, string>) => send(`${server.url}/user/playlist/${ana.id}`, { headers: sent });
    expect((await read({ cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);
    expect((await read({ authorization: `bearer ${body.token}` })).status).toBe(200);
  });

  test('end with a logout, and their cookie goes', async () => {
    const cookie = await cookieOf();
    const { status, headers } = await send(`${server.url}/user/logout`, { method: 'POST', headers: { cookie } });
    expect(status).toBe(200);
    expect(headers.get('set-cookie')).toMatch(/^filmgraph_session=; Max-Age=0; Path=\/; HttpOnly; SameSite=Lax$/);
    expect((await add({ cookie })).status).toBe(401);
  });

  test('serve GraphQL as well', async () => {
    const cookie = await cookieOf();
    const body = { query: '{ viewer { name } }' };
    expect((await send(`${server.url}/graphql`, { headers: { cookie }, body })).body.data.viewer.name).toBe('Ana Ruiz');
  });

  test('do not act for a request that another site caused', async () => {
    const cookie = await cookieOf();
    expect((await add({ cookie, 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect((await add({ cookie, origin: 'https://evil.example' })).status).toBe(403);
    expect((await add({ cookie, 'sec-fetch-site': 'same-site', origin: page })).status).toBe(201);
    expect((await add({ cookie, origin: server.url })).status).toBe(201);
  });

  test('are not replaced by a cookie when the header names another one', async () => {
    expect((await add({ cookie: await cookieOf(), authorization: 'Bearer fgs_nobody' })).status).toBe(401);
    expect((await add({ cookie: await cookieOf(), authorization: 'Basic x' })).status).toBe(401);
  });

  test('are refused after too many wrong passwords, with when to come back', async () => {
    const body = { correo: 'eva@mail.com', contrasena: 'wrong' };
    const attempt = () => send(`${server.url}/user/login`, { body });
    for (let attempts = 0; attempts < 10; attempts++) expect((await attempt()).status).toBe(401);
    const refused = await attempt();
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({ ok: false, error: 'Demasiados intentos', message: 'Demasiados intentos' });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('are used by pages of the listed origins, which are told so', async () => {
    const preflight = await send(`${server.url}/user/playlist/remove`, {
      method: 'OPTIONS',
      headers: {
        origin: page,
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.status).toBe(204);
    const given = (name: string) => preflight.headers.get(`access-control-allow-${name}`);
    expect([given('origin'), given('credentials'), given('headers')]).toEqual([page, 'true', 'content-type']);
    expect(given('methods')).toContain('DELETE');
    const { headers } = await send(`${server.url}/movie/exploration`, { headers: { origin: page } });
    expect(headers.get('access-control-allow-origin')).toBe(page);
    expect(headers.get('access-control-allow-credentials')).toBe('true');
  });
});

describe('the sessions of CloudCinema in production', () => {
  test('are a cookie that travels over HTTPS only', async () => {
    const server = await startServer(sqlite, { config: { environment: 'production' } });
    try {
      const account = { correo: 'a@b.example', nombre_completo: 'A', contrasena: 'x', confirmar_contrasena: 'x' };
      await send(`${server.url}/user/register`, { body: account });
      const { headers } = await send(`${server.url}/user/login`, { body: account });
      expect(headers.get('set-cookie')).toMatch(/^__Host-filmgraph_session=.*; Secure; SameSite=Lax$/);
    } finally {
      await server.close();
    }
  });
});
