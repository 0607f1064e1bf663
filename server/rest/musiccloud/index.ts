/*
 * Music Cloud, the FastAPI service that this server took over: `/usuarios` and `/musica` (docs/dialects/musiccloud.md).
 *
 * This file is the route table. `<noun>.routes.ts` has the handlers and the bodies they read, `<noun>.presenter.ts` the
 * bodies they write; rules live in the domain, mechanics without a dialect in ../shared.
 */
import { Router } from 'express';
import { answerErrors } from '../shared/answers.js';
import type { Dialect, DialectParts } from '../shared/dialect.js';
import { refuseUnknown, route } from '../shared/fastapi.js';
import { readFastapiBody } from '../shared/fastapi-body.js';
import { createOpenAccess } from '../shared/open-access.js';
import { allowEveryOrigin } from './cors.js';
import { answers, invalidStatus } from './errors.js';
import { addSong } from './library.routes.js';
import { createSong, listSongs } from './songs.routes.js';
import { createUser, getUser, setState } from './users.routes.js';

const name = 'musiccloud';
/** Every path below these is this dialect's, also those it does not know. */
const prefixes = ['/usuarios', '/musica'];

/** The dialect (Music 2). Its writes are open to anyone, as documented, unless `MUSICCLOUD_OPEN_WRITES` is `false`. */
export const musicCloud: Dialect = {
  name,
  title: 'Music Cloud',
  entry: '/musica',
  prefixes,
  contract: new URL('openapi.json', import.meta.url),
  createRouter,
  refusals: () => ({ before: [allowEveryOrigin], answers }),
};

function createRouter(parts: DialectParts): Router {
  const { read, write } = createOpenAccess(name, ['users:write', 'songs:write', 'libraries:write'], parts);
  const change = [write, readFastapiBody(invalidStatus)];
  const router = Router({ caseSensitive: true });
  router.use(prefixes, allowEveryOrigin, ...parts.gate);

  route(router, '/usuarios', { post: [...change, createUser] });
  route(router, '/usuarios/:userId', { get: [read, getUser] });
  route(router, '/usuarios/:userId/estado', { put: [...change, setState] });
  route(router, '/usuarios/:userId/musica', { post: [...change, addSong] });
  route(router, '/musica', { get: [read, listSongs], post: [...change, createSong] });

  router.use(prefixes, refuseUnknown, answerErrors(parts.logger, answers));
  return router;
}
