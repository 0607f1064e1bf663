// The servers that are compared. A target:
//   name, protocols ['rest','graphql','extra'], cmd(ctx) -> argv, env(ctx), cwd, src(ctx) -> the SQLite file that it gets a copy of,
//   adapter -> a module with `map` (its requests, where they differ from lib/workloads.mjs) and `normalize`.
// ctx = { engine: 'sqlite' | 'mysql', dataset, port, dbUrl, dbFile, node }
import path from 'node:path';

const here = import.meta.dirname;

const peer = (name, file, protocols, env = () => ({})) => ({
  name,
  protocols,
  cwd: path.join(here, 'peers'),
  cmd: (c) => [c.node, file],
  env: (c) => ({ DB: c.dbUrl, ...env(c) }),
  src: (c) => path.join(here, 'db', `${c.dataset}.sqlite`),
});

/** A built working tree of Filmgraph, in production mode; its log says faults only, as the peers'. */
const filmgraph = (name, tree, cache = 'off') => ({
  name,
  ours: true,
  protocols: ['rest', 'graphql'],
  cwd: tree,
  cmd: (c) => [c.node, 'dist/server/main.js'],
  env: (c) => ({
    LOG_LEVEL: 'error',
    CACHE: cache,
    // All requests come from one address.
    RATE_LIMIT: 'off',
    RATE_LIMIT_OFF_IN_PRODUCTION: 'true',
    DATABASE_URL: c.engine === 'mysql' ? `${process.env.BENCH_MYSQL}/filmgraph_${c.dataset}` : c.dbUrl,
  }),
  src: (c) => path.join(here, 'db', `filmgraph-${c.dataset}.sqlite`),
  adapter: path.join(here, 'filmgraph.mjs'),
});

export function targets() {
  // TREES="before=/path after=/path" compares working trees with each other.
  const trees = (process.env.TREES ?? `filmgraph=${path.dirname(here)}`).split(' ').map((pair) => pair.split('='));
  const limit = (c) => ({ SEEK: 'anchor', ...(c.engine === 'mysql' ? { DRIVER: 'mariadb' } : {}) });
  return [
    peer('limit', 'limit.mjs', ['rest', 'graphql', 'extra'], limit),
    peer('mercurius', 'mercurius.mjs', ['rest', 'graphql']),
    peer('yoga', 'yoga.mjs', ['graphql']),
    peer('apollo', 'apollo.mjs', ['rest', 'graphql']),
    ...trees.map(([name, tree]) => filmgraph(name, tree)),
    // The only process on its database, which on MySQL has to be told.
    filmgraph('cached', path.dirname(here), 'alone'),
  ];
}
