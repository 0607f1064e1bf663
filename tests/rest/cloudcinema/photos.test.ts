import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readState } from '../../support/demo-state.js';
import { describeOnEveryEngine } from '../../support/engines.js';
import { filesOf, imageBytes } from '../../support/images.js';
import { findFreePort } from '../../support/mysql-server.js';
import type { TestServer } from '../../support/server.js';
import { exchange, type WireRequest } from '../../support/wire.js';
import { ana, anaPhoto, password, startCinema } from './stage.js';
import { as, form } from './wording.js';

const account = { correo: 'new@mail.com', nombre_completo: 'N', contrasena: 'x', confirmar_contrasena: 'x' };
const png = { name: 'Foto.PNG', bytes: imageBytes('png', 300_000) };
const register = (parts: Parameters<typeof form>[1] = {}): WireRequest =>
  form({ method: 'POST', path: '/user/register' }, { foto: png, ...account, ...parts });
const edit = (parts: Parameters<typeof form>[1] = {}): WireRequest =>
  as(
    ana,
    form({ method: 'PUT', path: '/user/edit' }, { foto: png, id_usuario: '4', contrasena_actual: password, ...parts }),
  );

describeOnEveryEngine('the photos of CloudCinema', (engine) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startCinema(engine);
  });
  afterEach(() => server.close());

  const keyOf = async (correo: string) => {
    const query = server.app.database.sql.selectFrom('users').select('profile_image_key');
    return (await query.where('email_normalized', '=', correo).executeTakeFirst())?.profile_image_key;
  };

  test('are one file each, under the documented key', async () => {
    expect((await exchange(server.url, register())).status).toBe(201);
    const key = await keyOf('new@mail.com');
    expect(key).toMatch(/^fotos_perfil\/[0-9a-f]{32}\.png$/);
    expect(await filesOf(server.imagesFolder)).toEqual([key]);
  });

  test('replace each other, and the one before goes', async () => {
    for (let turn = 0; turn < 2; turn++) {
      expect((await exchange(server.url, edit())).status).toBe(200);
      const key = await keyOf('ana@mail.com');
      expect(key).not.toBe(anaPhoto);
      expect(await filesOf(server.imagesFolder)).toEqual([key]);
    }
  });

  test.each([
    ['a registration without a name', register({ nombre_completo: '' }), 400],
    ['an address that is taken', register({ correo: 'eva@mail.com' }), 409],
    ['an edit with a wrong password', edit({ contrasena_actual: 'otra' }), 401],
    ["an edit of someone else's profile", edit({ id_usuario: '5' }), 403],
    ['an edit without a session', { ...edit(), headers: { ...edit().headers, authorization: '' } }, 401],
    ['a photo that is too large', register({ foto: { ...png, bytes: imageBytes('png', 6 * 2 ** 20) } }), 413],
    ['a photo that is none', edit({ foto: { ...png, bytes: Buffer.from('GIF89a and more') } }), 415],
    ['a second file', register({ otra: png }), 400],
  ] as const)('leave no row and no file after %s', async (_what, request, status) => {
    const before = await readState(server.app.database);
    expect((await exchange(server.url, request)).status).toBe(status);
    expect(await readState(server.app.database)).toEqual(before);
    expect(await filesOf(server.imagesFolder)).toEqual([]);
  });

  test.each([
    ['a registration', register()],
    ['an edit', edit()],
  ])('leave no row and no file after %s that broke off', async (_what, request) => {
    const before = await readState(server.app.database);
    await breakOff(server.url, request);
    await waitFor(async () => (await filesOf(server.imagesFolder)).length === 0);
    expect(await readState(server.app.database)).toEqual(before);
  });

  test('that cannot be stored are answered 503, and nothing is registered', async () => {
    await server.close();
    server = await startCinema(engine, {
      S3_BUCKET: 'photos',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${await findFreePort()}`,
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    const before = await readState(server.app.database);
    const { status, headers, text } = await exchange(server.url, register());
    expect({ status, retryAfter: headers['retry-after'], text }).toEqual({
      status: 503,
      retryAfter: expect.stringMatching(/^\d+$/),
      text: '{"ok":false,"error":"Servicio no disponible","message":"Servicio no disponible"}',
    });
    expect(await readState(server.app.database)).toEqual(before);
  });
});

/** Sends a request up to the middle of its body, and is gone. */
async function breakOff(url: string, { method, path, headers = {}, body }: WireRequest): Promise<void> {
  const bytes = body as Buffer; // a form's body is one
  const lines = Object.entries({ ...headers, host: 'x', 'content-length': bytes.length }).map(([k, v]) => `${k}: ${v}`);
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
  await new Promise((resolve) => socket.write(bytes.subarray(0, bytes.length / 2), resolve));
  // Long enough that its beginning is in the store.
  await sleep(200);
  socket.destroy();
}

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error('It never came to be.');
}
