import type { Database } from '../../../server/database/database.js';
import { demoMovies } from '../../../server/database/seeds/demo-data.js';
import { movieTexts } from '../../../server/domain/movies/movie-texts.js';
import { hashPassword } from '../../../server/domain/users/password.js';
import { createSessionTokens } from '../../../server/identity/session-token.js';
import { anyInstant } from '../../support/conformance.js';
import { restoreDemo } from '../../support/demo-state.js';
import type { Engine } from '../../support/engines.js';
import { startServer, type TestServer } from '../../support/server.js';

const secret = 'a secret of at least thirty-two characters';
export const publicUrl = 'https://cine.example.org';
export const password = 'contrasena123';
const passwordHash = await hashPassword(password);
const expiresAt = Date.now() + 3_600_000;
const sessionOf = async (id: string) => `Bearer ${await createSessionTokens(secret).sign({ id, expiresAt })}`;

/** Who is there beside the demo's people, with the headers of their sessions. Ana has a photo, and a playlist of two films. */
export const ana = { id: 4, authorization: await sessionOf('ana') } as const;
export const eva = { id: 5, authorization: await sessionOf('eva') } as const;
/** Their account is disabled. */
export const leo = { id: 6, authorization: await sessionOf('leo') } as const;

export const anaPhoto = `fotos_perfil/${'a'.repeat(32)}.png`;
const people = [
  { id: ana.id, name: 'Ana Ruiz', email: 'Ana@mail.com', active: true, profile_image_key: anaPhoto },
  { id: eva.id, name: 'Eva Gil', email: 'eva@mail.com', active: true, profile_image_key: null },
  { id: leo.id, name: 'Leo Paz', email: 'leo@mail.com', active: false, profile_image_key: null },
];
const sessions = { ana, eva, leo };

/** Not available yet. */
export const upcoming = 26;
const poster = 'fotos_publicas/nandu.jpg';
const address = 'https://elsewhere.example.org/agora.jpg';
const content = 'https://videos.example.org/agora.mp4';
const films = [
  { id: upcoming, title: 'Ñandú', year: 2025, director: null, status: 'coming_soon', poster_key: poster },
  { id: 27, title: 'Ágora', year: 2009, director: 'Alejandro Amenábar', poster_key: address, content_url: content },
  { id: 28, title: 'Nosotros', year: null, director: null, content_url: 'peliculas/nosotros.mp4' },
];

/** A server with the demo set, three more people and three more films. */
export async function startCinema(
  engine: Engine,
  variables: Readonly<Record<string, string>> = {},
): Promise<TestServer> {
  const server = await startServer(engine, {
    variables: { SESSION_SECRET: secret, PUBLIC_URL: publicUrl, ...variables },
  });
  await fillStage(server.app.database);
  return server;
}

/** Puts everything back to where `startCinema` left it. */
export async function restoreCinema(database: Database): Promise<void> {
  await restoreDemo(database);
  await fillStage(database);
}

async function fillStage({ sql }: Database): Promise<void> {
  const [now, expires_at] = [Date.now(), expiresAt];
  const rows = people.map((person) => ({ ...person, email_normalized: person.email.toLowerCase() }));
  await sql
    .insertInto('users')
    .values(rows.map((person) => ({ ...person, password_hash: passwordHash, created_at: now })))
    .execute();
  const begun = Object.entries(sessions).map(([id, person]) => ({
    id,
    user_id: person.id,
    created_at: now,
    expires_at,
  }));
  await sql.insertInto('sessions').values(begun).execute();
  for (const row of films) {
    await sql
      .insertInto('movies')
      .values({ ...row, ...movieTexts(row), created_at: now })
      .execute();
  }
  const playlist = { id: 1, user_id: ana.id, default_of: ana.id, name: 'My list', created_at: now };
  await sql.insertInto('playlists').values(playlist).execute();
  const entries = [1, 4].map((movie_id, index) => ({ id: index + 1, playlist_id: 1, movie_id, position: index + 1 }));
  await sql
    .insertInto('playlist_entries')
    .values(entries.map((row) => ({ ...row, added_at: now + row.id })))
    .execute();
}

/** A film as the dialect shows it. */
export function film(id: number) {
  const [title, year, director] = demoMovies[id - 1] ?? [];
  const own: Partial<(typeof films)[number]> | undefined = films.find((candidate) => candidate.id === id);
  const shown = own ?? { title, year, director };
  const key = own?.poster_key ?? null;
  return {
    id_pelicula: id,
    titulo: shown.title,
    director: shown.director,
    anio_estreno: shown.year,
    poster: key,
    poster_url: key?.startsWith('http') === false ? `${publicUrl}/images/${key}` : key,
    // What is stored here is served by a path of this server's.
    url_contenido: id === 28 ? '/media/movies/28' : (own?.content_url ?? null),
    estado: own?.status === 'coming_soon' ? 'Proximo_Estreno' : 'Disponible',
  };
}

/** The same in a playlist. */
export function entry(id: number) {
  return { ...film(id), fecha_agregado: anyInstant };
}
