import type { DialectSample } from '../../support/dialect-samples.js';

/** The Users API, for suites over all dialects. */
export const sample: DialectSample = {
  name: 'users',
  read: { route: 'GET /users', path: '/users' },
  write: {
    route: 'POST /user',
    path: '/user',
    body: { name: 'Sam Ple', email: 'sample@example.org' },
    status: 200,
    action: 'user.create',
  },
  unavailable: { detail: 'Service Unavailable' },
};
