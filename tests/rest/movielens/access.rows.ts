import { open, type RestRow } from '../../access/rest.rows.js';

/** The dialect takes bearer tokens and nothing else (MovieLens 4). */
const bearer = { others: 401, session: 200, personBearer: 200, serviceBearer: 200 } as const;

/** Who may do what. The matrix gives the first film this MovieLens id. */
export const rows: readonly RestRow[] = [
  { route: 'GET /api/health', path: '/api/health', expect: open },
  { route: 'GET /api/movies', path: '/api/movies', expect: bearer },
  { route: 'GET /api/movies/search', path: '/api/movies/search?q=in', expect: bearer },
  { route: 'GET /api/movies/:movieId', path: '/api/movies/79132', expect: bearer },
];
