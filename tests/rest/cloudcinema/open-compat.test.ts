import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { describeOnEveryEngine, sqlite } from '../../support/engines.js';
import { send, type TestRequest } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';
import { ana, entry, eva, leo, password, startCinema, upcoming } from './stage.js';

describeOnEveryEngine('CloudCinema as open as the original was', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startCinema(engine, { CLOUDCINEMA_OPEN_COMPAT: 'true' });
  });
  afterAll(() => server.close());

  const ask = async (path: string, request: TestRequest = {}) => {
    const { status, body } = await send(`${server.url}/user/${path}`, request);
    return { status, body };
  };
  const add = (id_usuario: number, id_pelicula: number) => ask('playlist/add', { body: { id_usuario, id_pelicula } });
  const titles = async (id: number | string) =>
    (await ask(`playlist/${id}`)).body.playlist.map(({ id_pelicula }: { id_pelicula: number }) => id_pelicula);
  const edit = (body: object) => ask('edit', { method: 'PUT', body: { contrasena_actual: password, ...body } });

  test("lets anyone read anyone's list, and shows an empty one for nobody's", async () => {
    expect(await titles(ana.id)).toEqual([4, 1]);
    expect(Object.keys((await ask(`playlist/${ana.id}`)).body.playlist[0])).toEqual(Object.keys(entry(4)));
    for (const id of [999, 'abc', '4294967296', '1.5', '-1']) expect(await titles(id)).toEqual([]);
  });

  test("lets anyone change anyone's list", async () => {
    expect((await add(eva.id, 5)).status).toBe(201);
    expect(await titles(eva.id)).toEqual([5]);
    const body = { id_usuario: eva.id, id_pelicula: 5 };
    expect((await ask('playlist/remove', { method: 'DELETE', body })).status).toBe(200);
    expect(await titles(eva.id)).toEqual([]);
  });

  test('refuses what the original refused', async () => {
    expect((await add(eva.id, 999)).status).toBe(404);
    expect((await add(eva.id, upcoming)).status).toBe(400);
    expect(await add(999, 1)).toEqual({
      status: 404,
      body: { ok: false, error: 'Usuario no encontrado', message: 'Usuario no encontrado' },
    });
  });

  test('lets edit who knows an id and its password', async () => {
    expect(await edit({ id_usuario: eva.id, nombre_completo: 'Eva Sanz' })).toMatchObject({ status: 200 });
    expect((await ask('login', { body: { correo: 'eva@mail.com', contrasena: password } })).body.usuario).toMatchObject(
      {
        id: eva.id,
        nombre_completo: 'Eva Sanz',
      },
    );
    const wrong = await edit({ id_usuario: ana.id, contrasena_actual: 'otra' });
    expect(wrong).toEqual({ status: 401, body: { error: 'Contraseña incorrecta' } });
    expect(await edit({ id_usuario: 999 })).toEqual({ status: 404, body: { error: 'Usuario no encontrado' } });
    expect(await edit({ id_usuario: leo.id })).toEqual({ status: 403, body: { error: 'Cuenta deshabilitada' } });
  });
});

test('CloudCinema says in the log that it is open, and says nothing otherwise', async () => {
  const linesOf = async (variables: Record<string, string>) => {
    const lines: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line).msg) });
    await (await startServer(sqlite, { demo: false, variables, logger })).close();
    return lines.filter((line) => line.includes('CLOUDCINEMA'));
  };
  expect(await linesOf({ CLOUDCINEMA_OPEN_COMPAT: 'true' })).toEqual([
    expect.stringMatching(/^CLOUDCINEMA_OPEN_COMPAT is on: anyone may /),
  ]);
  expect(await linesOf({})).toEqual([]);
});
