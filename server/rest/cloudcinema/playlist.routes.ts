import type { Request, RequestHandler } from 'express';
import { noId, parseId } from '../shared/ids.js';
import { scopeOf } from './auth.js';
import { fieldsOf, idOf } from './body.js';
import { presentDone } from './envelope.js';
import { refusal } from './errors.js';
import { writeLongList } from './long-list.js';
import { presentEntry } from './movies.presenter.js';

/** `GET /user/playlist/:id`: someone's default playlist, the newest first; nobody's is empty. 401, 403. */
export const listPlaylist: RequestHandler<{ id: string }> = async (request, response) => {
  const { playlists, images } = scopeOf(response);
  const entries = await playlists.listDefault(parseId(request.params.id) ?? noId);
  response.type('json').send(await writeLongList('playlist', entries, (entry) => presentEntry(entry, images)));
};

/** `POST /user/playlist/add`: 201, also when the film was in it already. 400, 401, 403, 404. */
export const addToPlaylist: RequestHandler = async (request, response) => {
  const { userId, movieId } = parseEntry(request);
  await scopeOf(response).playlists.addToDefault(userId, movieId);
  response.status(201).json(presentDone('Película agregada a la playlist'));
};

/** `DELETE /user/playlist/remove`, with a body: 200, also when the film was not in it. 400, 401, 403. */
export const removeFromPlaylist: RequestHandler = async (request, response) => {
  const { userId, movieId } = parseEntry(request);
  await scopeOf(response).playlists.removeFromDefault(userId, movieId);
  response.json(presentDone('Película eliminada de la playlist'));
};

/** Whose playlist, and which film. @throws Refusal (400) */
function parseEntry(request: Request): { userId: number; movieId: number } {
  const fields = fieldsOf(request);
  const [userId, movieId] = [idOf(fields, 'id_usuario'), idOf(fields, 'id_pelicula')];
  if (userId === undefined || movieId === undefined) throw refusal(400, 'id_usuario e id_pelicula son requeridos');
  return { userId, movieId };
}
