import type { DialectSample } from '../../support/dialect-samples.js';

/** CloudCinema, for suites over all dialects; its forms and sessions have suites of their own. */
export const sample: DialectSample = {
  name: 'cloudcinema',
  read: { route: 'GET /movie/exploration', path: '/movie/exploration' },
  unavailable: { ok: false, error: 'Servicio no disponible', message: 'Servicio no disponible' },
};
