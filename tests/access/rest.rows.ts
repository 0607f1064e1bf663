import type { Asker } from './credentials.js';

/** What a REST route answers to each asker, as a status. */
export interface RestRow {
  /** Method and path as the route table spells them. */
  readonly route: string;
  /** The path that is asked for. */
  readonly path: string;
  readonly body?: object;
  /** Askers that are not named get `others`. */
  readonly expect: Partial<Readonly<Record<Asker, number>>> & { readonly others: number };
}

/** MIMO's public paths ignore every credential. */
const open = { others: 200 } as const;
/** MIMO takes API keys and nothing else (MIMO 1, M14). */
const keyed = (good: number, another: number) => ({
  others: 401,
  disabledKey: 403,
  goodKey: good,
  anotherKey: another,
});
/** The MovieLens dialect takes bearer tokens and nothing else (MovieLens 4). */
const bearer = { others: 401, session: 200, personBearer: 200, serviceBearer: 200 } as const;

/** Who may do what over REST. A route without a row fails the matrix. */
export const restRows: readonly RestRow[] = [
  { route: 'GET /health', path: '/health', expect: open },
  { route: 'GET /ready', path: '/ready', expect: open },
  { route: 'GET /openapi.json', path: '/openapi.json', expect: open },
  { route: 'GET /openapi/:name.json', path: '/openapi/mimo.json', expect: open },
  { route: 'GET /movies', path: '/movies', expect: open },
  { route: 'GET /movies/:movieId', path: '/movies/1', expect: open },
  { route: 'GET /movies/:movieId/ratings', path: '/movies/1/ratings', expect: open },
  { route: 'GET /movies/:movieId/ratings/:ratingId', path: '/movies/1/ratings/4', expect: open },
  { route: 'POST /movies/:movieId/ratings', path: '/movies/20/ratings', body: { rating: 4 }, expect: keyed(201, 201) },
  {
    route: 'PATCH /movies/:movieId/ratings/:ratingId',
    path: '/movies/1/ratings/1',
    body: { rating: 4 },
    expect: keyed(200, 403),
  },
  { route: 'DELETE /movies/:movieId/ratings/:ratingId', path: '/movies/1/ratings/1', expect: keyed(204, 403) },
  { route: 'GET /watchlist/:userId', path: '/watchlist/1', expect: keyed(200, 403) },
  {
    route: 'POST /watchlist/:userId/items',
    path: '/watchlist/1/items',
    body: { movieId: 15 },
    expect: keyed(201, 403),
  },
  {
    route: 'PATCH /watchlist/:userId/items/:itemId',
    path: '/watchlist/1/items/1',
    body: { watched: true },
    expect: keyed(200, 403),
  },
  { route: 'DELETE /watchlist/:userId/items/:itemId', path: '/watchlist/1/items/1', expect: keyed(204, 403) },
  { route: 'GET /api/health', path: '/api/health', expect: open },
  { route: 'GET /api/movies', path: '/api/movies', expect: bearer },
  { route: 'GET /api/movies/search', path: '/api/movies/search?q=in', expect: bearer },
  { route: 'GET /api/movies/:movieId', path: '/api/movies/79132', expect: bearer },
];
