/*
 * MIMO Movies, the Express API that this server took over: `/movies` and `/watchlist` (docs/dialects/mimo.md).
 *
 * This file is the route table. `<noun>.routes.ts` has the handlers, `<noun>.schema.ts` the bodies they read and
 * `<noun>.presenter.ts` the bodies they write; rules live in the domain, mechanics without a dialect in ../shared.
 */
import { type RequestHandler, Router } from 'express';
import { anonymous } from '../../domain/viewer.js';
import type { PlainHandler } from '../../http/plain-handler.js';
import type { ReadHandler } from '../../http/read-lane.js';
import { answerErrors } from '../shared/answers.js';
import type { Dialect, DialectParts } from '../shared/dialect.js';
import { acceptsJson } from '../shared/negotiation.js';
import { authenticate } from './auth.js';
import { readBody } from './body.js';
import { answers, refusal } from './errors.js';
import { getMovie, listMovies } from './movies.routes.js';
import { createRating, deleteRating, getRating, listRatings, updateRating } from './ratings.routes.js';
import { addItem, listWatchlist, removeItem, updateItem } from './watchlist.routes.js';

/** Every path below these is this dialect's, also those it does not know. */
const prefixes = ['/movies', '/watchlist'];

/** The dialect (MIMO 1). */
export const mimo: Dialect = {
  name: 'mimo',
  title: 'MIMO Movies',
  entry: '/movies',
  prefixes,
  contract: new URL('./openapi.json', import.meta.url),
  createRouter,
  refusals: () => ({ before: [varyOnAccept], answers }),
};

function createRouter({ scopes, logger, gate, addRead }: DialectParts): Router {
  // Public reads share one scope: services hold no state, and REST uses no loaders, which do.
  const { movies, ratings } = scopes.forViewer(anonymous);
  const known = authenticate(scopes);
  const router = Router();
  const read = (path: string, handler: ReadHandler<never>, ...after: readonly PlainHandler[]) => {
    addRead({ path, before: [varyOnAccept], after, handler });
    router.get(path, handler as RequestHandler<never>);
  };
  router.use(prefixes, varyOnAccept, ...gate, readBody(), requireJson);

  read('/movies', listMovies(movies));
  read('/movies/:movieId', getMovie(movies));
  read('/movies/:movieId/ratings', listRatings(ratings));
  read('/movies/:movieId/ratings/:ratingId', getRating(ratings));
  router.post('/movies/:movieId/ratings', known, createRating);
  router.patch('/movies/:movieId/ratings/:ratingId', known, updateRating);
  router.delete('/movies/:movieId/ratings/:ratingId', known, deleteRating);

  // Below /watchlist even a path that does not exist asks who it is first (MIMO 1 "Common").
  router.use('/watchlist', known);
  read('/watchlist/:userId', listWatchlist, known);
  router.post('/watchlist/:userId/items', addItem);
  router.patch('/watchlist/:userId/items/:itemId', updateItem);
  router.delete('/watchlist/:userId/items/:itemId', removeItem);

  router.use(prefixes, refuseUnknown, answerErrors(logger, answers));
  return router;
}

const varyOnAccept: PlainHandler = (_request, response, next) => {
  response.setHeader('Vary', 'Accept');
  next();
};

const requireJson: RequestHandler = (request, _response, next) => {
  next(acceptsJson(request) ? undefined : refusal(406, 'Not Acceptable'));
};

/** Unknown paths, and known ones with another method. */
const refuseUnknown: RequestHandler = (_request, _response, next) => {
  next(refusal(404, 'Not Found'));
};
