import type { DialectSample } from '../../support/dialect-samples.js';

/** The Movie API, for suites over all dialects; it writes nothing. */
export const sample: DialectSample = {
  name: 'movielens',
  read: { route: 'GET /api/movies', path: '/api/movies', credential: 'bearer' },
  unavailable: { detail: 'Service Unavailable' },
};
