import type { RequestHandler } from 'express';
import { bodyOf } from '../shared/fastapi-body.js';
import { sendJson } from '../shared/json.js';
import { readScopeOf, writeScopeOf } from '../shared/open-access.js';
import { validateModel } from '../shared/pydantic.js';
import { text } from '../shared/pydantic-values.js';
import { valueOf } from './errors.js';
import { linksOf, validatePage } from './paging.js';
import { presentSong } from './songs.presenter.js';

/** Any texts: the contract knows no rule, so these are the longest that we keep. */
const newSong = { titulo: text({ maxLength: 200 }), artista: text({ maxLength: 200 }) };

/** `GET /musica` (Music 2, A4, A6): all songs or, when asked for, a page of them. 422 for a page that cannot be. */
export const listSongs: RequestHandler = async (request, response) => {
  const page = valueOf(validatePage(request));
  const { rows, total } = await readScopeOf(response).songs.listByOffset(page);
  response.set('X-Total-Count', String(total));
  if (page) response.append('Link', linksOf(page, total));
  sendJson(
    response,
    rows.map((song) => presentSong(song)),
  );
};

/** `POST /musica` (Music 2). 422. */
export const createSong: RequestHandler = async (request, response) => {
  const { titulo, artista } = valueOf(validateModel(bodyOf(request), newSong));
  const { songs } = await writeScopeOf(response);
  const song = await songs.create({ title: titulo, artist: artista }, { emptyTexts: true });
  sendJson(response.status(201), presentSong(song));
};
