/*
 * MIMO Movies, the Express API that this server took over: `/movies` and `/watchlist` (docs/dialects/mimo.md).
 *
 * This file is the route table. `<noun>.routes.ts` has the handlers, `<noun>.schema.ts` the bodies they read and
 * `<noun>.presenter.ts` the bodies they write; rules live in the domain, mechanics without a dialect in ../shared.
 */
import { type RequestHandler, Router } from 'express';
import { anonymous } from '../../domain/viewer.js';
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
};

function createRouter({ scopes, logger, gate }: DialectParts): Router {
  // Public reads share one scope: services hold no state, and REST uses no loaders, which do.
  const { movies, ratings } = scopes.forViewer(anonymous);
  const known = authenticate(scopes);
  const router = Router();
  router.use(prefixes, varyOnAccept, ...gate, readBody(), requireJson);

  router.get('/movies', listMovies(movies));
  router.get('/movies/:movieId', getMovie(movies));
  router.get('/movies/:movieId/ratings', listRatings(ratings));
  router.get('/movies/:movieId/ratings/:ratingId', getRating(ratings));
  router.post('/movies/:movieId/ratings', known, createRating);
  router.patch('/movies/:movieId/ratings/:ratingId', known, updateRating);
  router.delete('/movies/:movieId/ratings/:ratingId', known, deleteRating);

  // Below /watchlist even a path that does not exist asks who it is first (MIMO 1 "Common").
  router.use('/watchlist', known);
  router.get('/watchlist/:userId', listWatchlist);
  router.post('/watchlist/:userId/items', addItem);
  router.patch('/watchlist/:userId/items/:itemId', updateItem);
  router.delete('/watchlist/:userId/items/:itemId', removeItem);

  router.use(prefixes, refuseUnknown, answerErrors(logger, answers));
  return router;
}

const varyOnAccept: RequestHandler = (_request, response, next) => {
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
