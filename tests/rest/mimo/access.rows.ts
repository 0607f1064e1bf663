import { open, type RestRow } from '../../access/rest.rows.js';

/** MIMO takes API keys and nothing else (MIMO 1, M14). */
const keyed = (good: number, another: number) => ({
  others: 401,
  disabledKey: 403,
  goodKey: good,
  anotherKey: another,
});

/** Who may do what; public paths ignore every credential. */
export const rows: readonly RestRow[] = [
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
];
