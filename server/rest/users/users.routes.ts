import type { RequestHandler } from 'express';
import { bodyOf } from '../shared/fastapi-body.js';
import { sendJson } from '../shared/json.js';
import { readScopeOf, writeScopeOf } from '../shared/open-access.js';
import { validateModel } from '../shared/pydantic.js';
import { valueOf } from './errors.js';
import { newUser } from './users.model.js';
import { presentUser } from './users.presenter.js';

/** `GET /users` (Users 3): everyone who has an e-mail address, in the order in which they came. */
export const listUsers: RequestHandler = async (_request, response) => {
  const rows = await readScopeOf(response).users.listAll({ hasEmail: true });
  sendJson(
    response,
    rows.map((user) => presentUser(user)),
  );
};

/** `POST /user` (Users 3, U1, U3). 400. */
export const createUser: RequestHandler = async (request, response) => {
  const person = valueOf(validateModel(bodyOf(request), newUser));
  const { users } = await writeScopeOf(response);
  sendJson(response, presentUser(await users.create(person)));
};

/** `GET /favicon.ico` (Users 3): browsers that look at the API ask for it. */
export const getFavicon: RequestHandler = (_request, response) => {
  sendJson(response, {});
};
