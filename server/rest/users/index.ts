/*
 * The Users API, the FastAPI service that this server took over: `/users` and `/user` (docs/dialects/users.md). Its
 * `/health` is the server's own, which answers the same.
 *
 * This file is the route table. `users.routes.ts` has the handlers, `users.model.ts` the bodies they read and
 * `users.presenter.ts` those they write; rules live in the domain, mechanics without a dialect in ../shared.
 */
import { Router } from 'express';
import { answerErrors } from '../shared/answers.js';
import type { Dialect, DialectParts } from '../shared/dialect.js';
import { refuseUnknown, route } from '../shared/fastapi.js';
import { readFastapiBody } from '../shared/fastapi-body.js';
import { createOpenAccess } from '../shared/open-access.js';
import { answers, invalidStatus } from './errors.js';
import { createUser, getFavicon, listUsers } from './users.routes.js';

const name = 'users';

/** The dialect (Users 3). Its write is open to anyone, as documented, unless `USERS_OPEN_WRITES` is `false`. */
export const users: Dialect = {
  name,
  title: 'Users',
  entry: '/users',
  prefixes: ['/users', '/user', '/favicon.ico'],
  contract: new URL('openapi.json', import.meta.url),
  createRouter,
  refusals: () => ({ before: [], answers }),
};

/** What it owns: below `/user` others may have paths of their own (contracts 0). */
const ownPaths = /^\/(?:users(?:\/.*)?|user\/?|favicon\.ico\/?)$/;

function createRouter(parts: DialectParts): Router {
  const { read, write } = createOpenAccess(name, ['users:write'], parts);
  const router = Router({ caseSensitive: true });
  router.use(ownPaths, ...parts.gate);
  route(router, '/users', { get: [read, listUsers] });
  route(router, '/user', { post: [write, readFastapiBody(invalidStatus), createUser] });
  route(router, '/favicon.ico', { get: getFavicon });

  router.use(ownPaths, refuseUnknown, answerErrors(parts.logger, answers));
  return router;
}
