import type { TokenVerifier } from '../../server/identity/token-verifier.js';
import type { Engine } from '../support/engines.js';
import { createMovie, createUser } from '../support/factories.js';
import { sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';
import type { Film, Person, Stage } from './door.js';
import { films as filmCount, people as peopleCount } from './operation.js';

/** A server with its people and films; songs are made on the way. */
export interface Theatre {
  readonly server: TestServer;
  readonly stage: Omit<Stage, 'songs'>;
}

const programToken = 'program';
const tokenVerifier: TokenVerifier = {
  verify: async (token) =>
    token === programToken ? { kind: 'service', issuer: 'test', clientId: 'program', scopes: new Set() } : undefined,
};

/**
 * Starts a server with nothing in it but the people and films that operations are about.
 *
 * @param variables environment variables of its own
 */
export async function openTheatre(engine: Engine, variables: Readonly<Record<string, string>> = {}): Promise<Theatre> {
  const server = await startServer(engine, {
    demo: false,
    tokenVerifier,
    variables: { RATE_LIMIT: 'off', ...variables },
  });
  const people = [];
  for (let place = 0; place < peopleCount; place++) people.push(await register(server.url, place));
  const films = [];
  for (let place = 0; place < filmCount; place++) films.push(await addFilm(server, place));
  const admin = await createUser(server.app.database, { name: 'Admin' });
  const email = 'admin@example.org';
  await server.app.database.sql
    .updateTable('users')
    .set({ role: 'admin', email, email_normalized: email })
    .where('id', '=', admin.id)
    .execute();
  return { server, stage: { url: server.url, people, films, admin: { ...admin, email }, programToken } };
}

async function register(url: string, place: number): Promise<Person> {
  const input = { name: `Person ${'ABC'[place]}`, email: `p${place}@example.org`, password: `password of ${place}` };
  const text = 'mutation ($input: RegisterInput!) { register(input: $input) { token user { databaseId } } }';
  const { body } = await sendGraphql(url, text, { variables: { input } });
  const { token: sessionToken, user } = body.data.register;
  const key = await sendGraphql(url, 'mutation { createApiKey(input: { name: "test" }) { secret } }', {
    headers: { authorization: `Bearer ${sessionToken}` },
  });
  return { id: user.databaseId, ...input, sessionToken, apiKey: key.body.data.createApiKey.secret };
}

/** The second film has no MovieLens id, the third is not available yet. */
async function addFilm({ app }: TestServer, place: number): Promise<Film> {
  const title = `Film ${'DCBA'[place]}`;
  const id = await createMovie(app.database, { title, year: 1990 + place, director: 'Someone' });
  const movieLensId = place === 1 ? null : 900 - place;
  const available = place !== 2;
  await app.database.sql
    .updateTable('movies')
    .set({
      movie_lens_id: movieLensId,
      movie_lens_title: movieLensId === null ? null : title,
      status: available ? 'available' : 'coming_soon',
    })
    .where('id', '=', id)
    .execute();
  return { id, title, movieLensId, available };
}
