/*
 * CloudCinema, the Express API that this server took over: everything below `/user` and `/movie`, but not these paths
 * themselves (docs/dialects/cloudcinema.md).
 *
 * This file is the route table. `<noun>.routes.ts` has the handlers, `body.ts` and `<noun>.body.ts` what they read and
 * `<noun>.presenter.ts` the bodies they write; rules live in the domain, mechanics without a dialect in ../shared.
 */
import { type RequestHandler, Router } from 'express';
import { anonymous } from '../../domain/viewer.js';
import { answerErrors } from '../shared/answers.js';
import type { Dialect, DialectParts } from '../shared/dialect.js';
import { acceptsJson } from '../shared/negotiation.js';
import { editProfile, login, logout, register } from './account.routes.js';
import { authenticate } from './auth.js';
import { readBody } from './body.js';
import { accountAnswers, answers, refusal } from './errors.js';
import { explore } from './movies.routes.js';
import { guardOrigins } from './origins.js';
import { addToPlaylist, listPlaylist, removeFromPlaylist } from './playlist.routes.js';

/** What is below `/user` and `/movie`, known or not; `/user` itself is another dialect's. */
const owned = /^\/(?:user|movie)\/.+/i;
/** Their refusals have an envelope of their own. */
const accountPaths = ['/user/register', '/user/login', '/user/logout', '/user/edit'];

/** The dialect (CloudCinema 5). `CLOUDCINEMA_OPEN_COMPAT` lets anyone keep anyone's playlist, as the original did. */
export const cloudCinema: Dialect = {
  name: 'cloudcinema',
  title: 'CloudCinema',
  entry: '/movie/exploration',
  prefixes: ['/user/', '/movie/'],
  contract: new URL('./openapi.json', import.meta.url),
  createRouter,
  refusals: ({ origins }) => ({ before: guardOrigins(origins), answers }),
};

function createRouter(parts: DialectParts): Router {
  const { scopes, logger, settings } = parts;
  if (settings.openCompat) {
    logger.warn(
      { dialect: 'cloudcinema' },
      "CLOUDCINEMA_OPEN_COMPAT is on: anyone may read and change anyone's playlist, and edits need no session",
    );
  }
  const known = authenticate(parts);
  const router = Router();
  router.use(owned, guardOrigins(settings.origins), ...parts.gate, readBody(), requireJson);

  router.get('/movie/exploration', explore(scopes.forViewer(anonymous)));

  router.post('/user/register', register(parts));
  router.post('/user/login', login(parts));
  router.post('/user/logout', logout(parts));
  router.put('/user/edit', known, editProfile(parts));
  router.use(accountPaths, answerErrors(logger, accountAnswers));

  router.get('/user/playlist/:id', known, listPlaylist);
  router.post('/user/playlist/add', known, addToPlaylist);
  router.delete('/user/playlist/remove', known, removeFromPlaylist);

  router.use(owned, refuseUnknown, answerErrors(logger, answers));
  return router;
}

const requireJson: RequestHandler = (request, _response, next) => {
  next(acceptsJson(request) ? undefined : refusal(406, 'Solo se responde JSON'));
};

/** Unknown paths, and known ones with another method. */
const refuseUnknown: RequestHandler = (_request, _response, next) => {
  next(refusal(404, 'Ruta no encontrada'));
};
