import type { RequestHandler } from 'express';
import { bodyOf } from '../shared/fastapi-body.js';
import { sendJson } from '../shared/json.js';
import { writeScopeOf } from '../shared/open-access.js';
import { validateAll, validateModel } from '../shared/pydantic.js';
import { integer } from '../shared/pydantic-values.js';
import { valueOf } from './errors.js';
import { toRowId, type UserPath, validateUserId } from './path-ids.js';

const newEntry = { musica_id: integer };

/** `POST /usuarios/:userId/musica` (Music 2, A2): the same answer whether it was added now or was there. 422, 404. */
export const addSong: RequestHandler<UserPath> = async (request, response) => {
  const fields = { id: validateUserId(request.params), body: validateModel(bodyOf(request), newEntry) };
  const { id, body } = valueOf(validateAll(fields));
  const { library } = await writeScopeOf(response);
  await library.add(toRowId(id), toRowId(body.musica_id));
  sendJson(response, { message: "Music added to user's library successfully" });
};
