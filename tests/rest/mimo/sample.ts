import type { DialectSample } from '../../support/dialect-samples.js';

/** MIMO, for suites over all dialects. */
export const sample: DialectSample = {
  name: 'mimo',
  read: { route: 'GET /movies/:movieId', path: '/movies/1' },
  write: {
    route: 'POST /movies/:movieId/ratings',
    path: '/movies/20/ratings',
    credential: 'apiKey',
    body: { rating: 4 },
    status: 201,
    action: 'rating.create',
  },
  weakEtag: true,
  unavailable: { error: 'Service Unavailable', message: 'Service Unavailable' },
};
