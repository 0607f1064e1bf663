import type { DialectSample } from '../../support/dialect-samples.js';

/** Music Cloud, for suites over all dialects. */
export const sample: DialectSample = {
  name: 'musiccloud',
  read: { route: 'GET /musica', path: '/musica' },
  write: {
    route: 'POST /musica',
    path: '/musica',
    body: { titulo: 'Sample', artista: 'Ann' },
    status: 201,
    action: 'song.create',
  },
  unavailable: { detail: 'Service Unavailable' },
};
