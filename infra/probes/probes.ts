import type { Probe } from './probe.js';

/**
 * What every deployed server is asked after each deployment, and in production all the time: that it lives and is ready,
 * one query, and which dialects it serves. What each of these is asked, its contract says. All of it changes nothing.
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
];

/** What says which dialects a server serves, and where their contracts are. */
export const discovery: Probe = { name: 'discovery', path: '/', status: 200, expect: { dialects: 'array' } };
