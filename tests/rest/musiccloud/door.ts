import { absentId, type Door, personOf, type Result, type Stage, songIdOf } from '../../differential/door.js';
import { send } from '../../support/http.js';

/** Music Cloud as one of the ways in: people, songs and libraries, for anyone who asks. */
export const door: Door = {
  name: 'Music Cloud',
  publicPaths: ({ people }) => [
    '/musica',
    '/musica?limit=1&offset=1',
    ...people.map(({ id }) => `/usuarios/${id}`),
    `/usuarios/${absentId}`,
  ],
  perform: {
    createUser: async ({ name, email }, { url }) => {
      const { status, body, text } = await send(`${url}/usuarios`, { body: { nombre: name, email } });
      if (status === 400 && body.detail === 'Email already registered') return { outcome: 'emailTaken' };
      return expectStatus(201, { status, text }, { outcome: 'created', id: body.id });
    },
    setActive: async ({ person, active }, stage) => {
      const path = `/usuarios/${personOf(stage, person).id}/estado`;
      const response = await send(stage.url + path, { method: 'PUT', body: { estado: active } });
      return expectStatus(200, response, { outcome: 'updated' });
    },
    createSong: async ({ title, artist }, { url }) => {
      const response = await send(`${url}/musica`, { body: { titulo: title, artista: artist } });
      return expectStatus(201, response, { outcome: 'created', id: response.body.id });
    },
    addSong: async ({ person, song }, stage) => {
      const { id } = personOf(stage, person);
      // It answers a repeated add as the first, so that only what was there before tells them apart.
      const before = await readUser(stage, id);
      const songId = songIdOf(stage, song);
      const response = await send(`${stage.url}/usuarios/${id}/musica`, { body: { musica_id: songId } });
      if (response.status === 404) return { outcome: 'notFound' };
      const known = before.musica.some((each: { id: number }) => each.id === songId);
      return expectStatus(200, response, { outcome: known ? 'alreadyPresent' : 'added' });
    },
  },
  open: ['addSong'],
  shows: ['libraries'],
  read: async (stage, userIds) => {
    const { body } = await send(`${stage.url}/musica`);
    const users = await Promise.all(userIds.map((id) => readUser(stage, id)));
    return {
      songs: body.map(({ id, titulo, artista }: Record<string, unknown>) => ({ id, title: titulo, artist: artista })),
      users: users.map(({ id, nombre, email }) => ({ id, name: nombre, email })),
      active: Object.fromEntries(users.map(({ id, estado }) => [id, estado])),
      libraries: Object.fromEntries(users.map(({ id, musica }) => [id, musica.map((song: { id: number }) => song.id)])),
    };
  },
};

// Whatever the server sent; what it should be is compared.
// oxlint-disable-next-line typescript/no-explicit-any
async function readUser({ url }: Stage, id: number): Promise<any> {
  return (await send(`${url}/usuarios/${id}`)).body;
}

function expectStatus(expected: number, { status, text }: { status: number; text: string }, result: Result): Result {
  if (status !== expected) throw new Error(`Music Cloud answered ${status} ${text}`);
  return result;
}
