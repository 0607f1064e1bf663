import type { Probe } from './probe.js';

/**
 * What a deployed server is asked after each deployment, and in production all the time: that it lives and is ready, one
 * query, one call of each dialect, and that a door which needs a credential is closed without. They change nothing. A
 * dialect that is retired goes from here too.
 */
export const probes: readonly Probe[] = [
  { name: 'health', path: '/health', status: 200, expect: { status: { is: 'ok' } } },
  { name: 'ready', path: '/ready', status: 200, expect: { status: { is: 'ready' } } },
  {
    name: 'graphql',
    path: '/graphql',
    body: { query: '{ movies(first: 1) { totalCount nodes { title } } }' },
    status: 200,
    expect: { 'data.movies.totalCount': 'number', 'data.movies.nodes': 'array' },
  },
  { name: 'mimo', path: '/movies', status: 200, expect: { data: 'array', 'pagination.total': 'number' } },
  { name: 'movielens', path: '/api/health', status: 200, expect: { status: { is: 'ok' }, timestamp: 'string' } },
  { name: 'users', path: '/users', status: 200, expect: { '': 'array' } },
  { name: 'musiccloud', path: '/musica', status: 200, expect: { '': 'array' } },
  { name: 'cloudcinema', path: '/movie/exploration', status: 200, expect: { peliculas: 'array' } },
  { name: 'mimo without a key', path: '/watchlist/1', status: 401, expect: { message: { is: 'Unauthorized' } } },
  {
    name: 'movielens without a token',
    path: '/api/movies',
    status: 401,
    expect: { detail: { is: 'Missing Authorization header' } },
  },
];
