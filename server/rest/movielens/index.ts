/*
 * The Movie API over MovieLens, the FastAPI service that this server took over: `/api` (docs/dialects/movielens.md).
 *
 * This file is the route table. `movies.routes.ts` has the handlers, `movies.query.ts` what they read and
 * `movies.presenter.ts` the bodies they write; rules live in the domain, mechanics without a dialect in ../shared.
 */
import { type RequestHandler, Router } from 'express';
import type { Logger } from '../../logger.js';
import type { Scopes } from '../../request-scope.js';
import { authenticate } from './auth.js';
import { answerErrors, methodNotAllowed, refusal } from './errors.js';
import { getHealth } from './health.routes.js';
import { getMovie, listMovies, searchMovies } from './movies.routes.js';

/** Every path below it is this dialect's, also those it does not know. */
const prefix = '/api';

/**
 * Serves the dialect (MovieLens 4); requests outside its paths pass through.
 *
 * @param requiredScope what a token must have been granted; any valid token will do without it
 */
export function createMovieLensRouter(scopes: Scopes, logger: Logger, requiredScope?: string): Router {
  const router = Router({ caseSensitive: true });
  route(router, '/api/health', getHealth);

  // Whatever there is or is not below /api/movies, who asks comes first (MovieLens 4 "Auth").
  router.use('/api/movies', authenticate(scopes, requiredScope));
  route(router, '/api/movies', listMovies);
  route(router, '/api/movies/search', searchMovies);
  route(router, '/api/movies/:movieId', getMovie);

  router.use(prefix, refuseUnknown, answerErrors(logger));
  return router;
}

/** `GET`, and with it `HEAD`; any other method is refused (contracts 0.3). */
function route<Parameters>(router: Router, path: string, handler: RequestHandler<Parameters>): void {
  router.get(path, handler as RequestHandler); // the parameters are those of the path that it is given with
  router.all(path, refuseMethod);
}

const refuseMethod: RequestHandler = (_request, _response, next) => {
  next(methodNotAllowed(['GET', 'HEAD']));
};

const refuseUnknown: RequestHandler = (_request, _response, next) => {
  next(refusal(404, 'Not Found'));
};
