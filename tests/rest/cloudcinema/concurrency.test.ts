import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeOnEveryEngine } from '../../support/engines.js';
import { send } from '../../support/http.js';
import { filesOf, imageBytes } from '../../support/images.js';
import type { TestServer } from '../../support/server.js';
import { exchange } from '../../support/wire.js';
import { eva, startCinema } from './stage.js';
import { form } from './wording.js';

describeOnEveryEngine('CloudCinema, many at once', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startCinema(engine);
  });
  afterAll(() => server.close());

  test('registers an address once, with one photo (C16)', async () => {
    const request = (correo: string) =>
      form(
        { method: 'POST', path: '/user/register' },
        {
          foto: { name: 'a.jpg', bytes: imageBytes('jpeg') },
          correo,
          nombre_completo: 'N',
          contrasena: 'x',
          confirmar_contrasena: 'x',
        },
      );
    const addresses = Array.from({ length: 8 }, (_, index) => (index % 2 ? 'race@mail.com' : 'RACE@mail.com'));
    const answers = await Promise.all(addresses.map((address) => exchange(server.url, request(address))));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
    expect(await filesOf(server.imagesFolder)).toHaveLength(1);
  });

  test('keeps one row of a film that is added many times', async () => {
    const headers = { authorization: eva.authorization };
    const body = { id_usuario: eva.id, id_pelicula: 9 };
    const add = () => send(`${server.url}/user/playlist/add`, { headers, body });
    const answers = await Promise.all(Array.from({ length: 10 }, add));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const { body: list } = await send(`${server.url}/user/playlist/${eva.id}`, { headers });
    expect(list.playlist).toHaveLength(1);
  });
});
