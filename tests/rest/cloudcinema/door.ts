import {
  type Door,
  filmIdOf,
  type Outcome,
  personOf,
  type Result,
  readEach,
  type Stage,
} from '../../differential/door.js';
import { send, type TestResponse } from '../../support/http.js';

/** CloudCinema as one of the ways in: profiles, the catalogue and the default playlist. */
export const door: Door = {
  name: 'CloudCinema',
  publicPaths: () => ['/movie/exploration'],
  perform: {
    createUser: async ({ name, email }, { url }) => {
      const registration = { correo: email, nombre_completo: name, contrasena: 'x', confirmar_contrasena: 'x' };
      const { status, text } = await send(`${url}/user/register`, { body: registration });
      if (status === 409) return { outcome: 'emailTaken' };
      if (status !== 201) throw new Error(`CloudCinema answered ${status} ${text}`);
      // Registering does not say which id it gave.
      const { body } = await send(`${url}/user/login`, { body: { correo: email, contrasena: 'x' } });
      return { outcome: 'created', id: body.usuario.id };
    },
    addToPlaylist: async ({ person, film }, stage) => {
      const before = await readPlaylist(stage, person);
      const response = await changePlaylist(stage, { person, film }, 'add');
      // This door answers a repeat as it answers the first time.
      const added = holds(before, filmIdOf(stage, film)) ? 'alreadyPresent' : 'added';
      return toResult(response, { 201: added, 400: 'notAvailable', 404: 'notFound' });
    },
    removeFromPlaylist: async ({ person, film }, stage) => {
      const before = await readPlaylist(stage, person);
      const response = await changePlaylist(stage, { person, film }, 'remove');
      return toResult(response, { 200: holds(before, filmIdOf(stage, film)) ? 'removed' : 'absent' });
    },
    rename: async ({ person, name }, stage) => {
      const { id, password } = personOf(stage, person);
      const body = { id_usuario: id, contrasena_actual: password, nombre_completo: name };
      return toResult(await ask(stage, person, { method: 'PUT', path: '/user/edit', body }), { 200: 'updated' });
    },
  },
  read: async (stage) => {
    const { body } = await send(`${stage.url}/movie/exploration`);
    const films: readonly { id_pelicula: number; titulo: string }[] = body.peliculas;
    const places = stage.people.map((_, person) => person);
    const lists = await readEach(places, (person) => readPlaylist(stage, person));
    return {
      titles: Object.fromEntries(films.map(({ id_pelicula, titulo }) => [id_pelicula, titulo])),
      playlists: Object.fromEntries(places.map((person) => [personOf(stage, person).id, lists[person] ?? []])),
    };
  },
};

interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
}

function ask({ url, ...stage }: Stage, person: number, { path, ...request }: Ask): Promise<TestResponse> {
  const headers = { authorization: `Bearer ${personOf({ url, ...stage }, person).sessionToken}` };
  return send(url + path, { ...request, headers });
}

function changePlaylist(
  stage: Stage,
  { person, film }: { person: number; film: number },
  what: 'add' | 'remove',
): Promise<TestResponse> {
  const body = { id_usuario: personOf(stage, person).id, id_pelicula: filmIdOf(stage, film) };
  return ask(stage, person, {
    method: what === 'add' ? 'POST' : 'DELETE',
    path: `/user/playlist/${what}`,
    body,
  });
}

async function readPlaylist(stage: Stage, person: number): Promise<number[] | 'disabled'> {
  const response = await ask(stage, person, { path: `/user/playlist/${personOf(stage, person).id}` });
  if (isDisabled(response)) return 'disabled';
  return response.body.playlist.map(({ id_pelicula }: { id_pelicula: number }) => id_pelicula);
}

function holds(playlist: readonly number[] | 'disabled', film: number): boolean {
  return playlist !== 'disabled' && playlist.includes(film);
}

function isDisabled({ status, body }: TestResponse): boolean {
  return status === 403 && body.error === 'Cuenta deshabilitada';
}

function toResult(response: TestResponse, outcomes: Readonly<Record<number, Outcome>>): Result {
  if (isDisabled(response)) return { outcome: 'disabled' };
  const outcome = outcomes[response.status];
  if (!outcome) throw new Error(`CloudCinema answered ${response.status} ${response.text}`);
  return { outcome };
}
