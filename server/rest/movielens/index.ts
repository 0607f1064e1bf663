/*
 * The Movie API over MovieLens, the FastAPI service that this server took over: `/api` (docs/dialects/movielens.md).
 *
 * This file is the route table. `movies.routes.ts` has the handlers, `movies.query.ts` what they read and
 * `movies.presenter.ts` the bodies they write; rules live in the domain, mechanics without a dialect in ../shared.
 */
import { Router } from 'express';
import { answerErrors } from '../shared/answers.js';
import type { Dialect } from '../shared/dialect.js';
import { refuseUnknown, route } from '../shared/fastapi.js';
import { authenticate } from './auth.js';
import { answers } from './errors.js';
import { getHealth } from './health.routes.js';
import { getMovie, listMovies, searchMovies } from './movies.routes.js';

/** Every path below it is this dialect's, also those it does not know. */
const prefix = '/api';

/** The dialect (MovieLens 4). `MOVIELENS_SCOPE` names what a token must have been granted; without it any valid one will do. */
export const movieLens: Dialect = {
  name: 'movielens',
  title: 'Movie API (MovieLens)',
  entry: '/api/movies',
  prefixes: [prefix],
  bearerExample: {
    path: '/api/movies?title=toy',
    about: 'The films of MovieLens; none before npm run import:movielens',
  },
  contract: new URL('./openapi.json', import.meta.url),
  createRouter: ({ scopes, logger, settings, gate }) => {
    const router = Router({ caseSensitive: true });
    router.use(prefix, ...gate);
    route(router, '/api/health', { get: getHealth });

    // Whatever there is or is not below /api/movies, who asks comes first (MovieLens 4 "Auth").
    router.use('/api/movies', authenticate(scopes, settings.scope));
    route(router, '/api/movies', { get: listMovies });
    route(router, '/api/movies/search', { get: searchMovies });
    route(router, '/api/movies/:movieId', { get: getMovie });

    router.use(prefix, refuseUnknown, answerErrors(logger, answers));
    return router;
  },
  refusals: () => ({ before: [], answers }),
};
