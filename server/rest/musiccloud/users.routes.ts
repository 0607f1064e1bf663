import type { RequestHandler } from 'express';
import { NotFoundError } from '../../domain/errors.js';
import { bodyOf } from '../shared/fastapi-body.js';
import { sendJson } from '../shared/json.js';
import { readScopeOf, writeScopeOf } from '../shared/open-access.js';
import { validateAll, validateModel } from '../shared/pydantic.js';
import { boolean, text } from '../shared/pydantic-values.js';
import { valueOf } from './errors.js';
import { toRowId, type UserPath, validateUserId } from './path-ids.js';
import { presentUser, presentUserWithMusic } from './users.presenter.js';

/** Any texts (Music A3): the contract knows no rule, so these are the longest that we keep. */
const newUser = { nombre: text({ maxLength: 100 }), email: text({ maxLength: 320 }) };
const newState = { estado: boolean };

/** `POST /usuarios` (Music 2). 422, 400. */
export const createUser: RequestHandler = async (request, response) => {
  const { nombre, email } = valueOf(validateModel(bodyOf(request), newUser));
  const { users } = await writeScopeOf(response);
  const user = await users.create({ name: nombre, email });
  sendJson(response.status(201), presentUser(user));
};

/** `GET /usuarios/:userId` (Music 2). 422, 404. */
export const getUser: RequestHandler<UserPath> = async (request, response) => {
  const id = toRowId(valueOf(validateUserId(request.params)));
  const { users, library } = readScopeOf(response);
  const user = await users.find(id);
  if (!user) throw new NotFoundError('user');
  sendJson(response, presentUserWithMusic(user, await library.listSongs(id)));
};

/** `PUT /usuarios/:userId/estado` (Music 2). 422, 404. */
export const setState: RequestHandler<UserPath> = async (request, response) => {
  const fields = { id: validateUserId(request.params), body: validateModel(bodyOf(request), newState) };
  const { id, body } = valueOf(validateAll(fields));
  const { users } = await writeScopeOf(response);
  sendJson(response, presentUser(await users.setActive(toRowId(id), body.estado)));
};
