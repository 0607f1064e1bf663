// The workloads: what is asked for, in what mix, with which parameters - the same sequence for every target.
import { QUERIES } from '../peers/lib/queries.mjs';
import { apiKey, READERS } from './world.mjs';

export function prng(seed) {
  let s = seed >>> 0;
  return () => {
    s = (s + 0x6d2b79f5) >>> 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const TERMS = [
  'star',
  'love',
  'night',
  'dark',
  'king',
  'girl',
  'dead',
  'moon',
  'house',
  'matrix',
  'godfather',
  'zzyzx',
  'wars',
  'blue',
  'jurassic',
  'alien',
];
const GENRES = ['Drama', 'Comedy', 'Thriller', 'Action', 'Sci-Fi', 'Horror', 'War', 'Western'];

/** params(name, rnd, meta) -> the logical request; independent of protocol and of target. */
export function makeParams(meta) {
  const pop = meta.popular,
    cum = new Float64Array(pop.length);
  let s = 0;
  for (let r = 0; r < pop.length; r++) cum[r] = s += (r + 10) ** -0.9;
  const zipf = (rnd) => {
    const x = rnd() * s;
    let lo = 0,
      hi = cum.length - 1;
    while (lo < hi) {
      const m = (lo + hi) >> 1;
      if (cum[m] < x) lo = m + 1;
      else hi = m;
    }
    return pop[lo][0];
  };
  const reader = (rnd) => 1 + Math.floor(rnd() * Math.min(READERS, meta.users));
  const pages = Math.floor(meta.movies / 20);
  return {
    zipf,
    R1: () => ({ page: 1, limit: 20 }),
    R2: () => ({ page: Math.min(4000, pages - 2), limit: 20 }),
    R3: (rnd) => ({ id: zipf(rnd) }),
    R4: (rnd) => ({ id: pop[Math.floor(rnd() * 100)][0], page: 1, limit: 10 }),
    R5: (rnd) => ({ user: reader(rnd) }),
    R1P: (rnd) => ({ page: 1 + Math.floor(rnd() * Math.min(50, pages)), limit: 20 }),
    G1: () => ({}),
    G2: () => ({}),
    G3: (rnd) => ({ id: zipf(rnd), user: reader(rnd) }),
    G4: (rnd) => {
      const k = rnd();
      const t = TERMS[Math.floor(rnd() * TERMS.length)],
        g = GENRES[Math.floor(rnd() * GENRES.length)],
        y = 1960 + Math.floor(rnd() * 55);
      return { filter: k < 0.34 ? { title: t } : k < 0.67 ? { genre: g, year: y } : { title: t, genre: g } };
    },
    STATIC: () => ({}),
    SELECT1: () => ({}),
  };
}

/** The default mapping of logical requests to HTTP, i.e. the contract; a target's adapter may replace any entry. */
export const defaultMap = {
  rest: {
    R1: (p) => ({ method: 'GET', path: `/movies?page=${p.page}&limit=${p.limit}` }),
    R2: (p) => ({ method: 'GET', path: `/movies?page=${p.page}&limit=${p.limit}` }),
    R1P: (p) => ({ method: 'GET', path: `/movies?page=${p.page}&limit=${p.limit}` }),
    R3: (p) => ({ method: 'GET', path: `/movies/${p.id}` }),
    R4: (p) => ({ method: 'GET', path: `/movies/${p.id}/ratings?page=${p.page}&limit=${p.limit}` }),
    R5: (p) => ({
      method: 'GET',
      path: `/watchlist/${p.user}?page=1&limit=20`,
      headers: { 'X-Api-Key': apiKey(p.user) },
    }),
    CREATE: (p) => ({
      method: 'POST',
      path: `/movies/${p.id}/ratings`,
      headers: { 'X-Api-Key': apiKey(p.user) },
      json: { rating: p.rating },
      ok: 201,
    }),
    UPDATE: (p) => ({
      method: 'PATCH',
      path: `/movies/${p.id}/ratings/${p.ratingId}`,
      headers: { 'X-Api-Key': apiKey(p.user) },
      json: { rating: p.rating },
    }),
    DELETE: (p) => ({
      method: 'DELETE',
      path: `/movies/${p.id}/ratings/${p.ratingId}`,
      headers: { 'X-Api-Key': apiKey(p.user) },
      ok: 204,
    }),
  },
  graphql: {
    G1: () => ({ query: QUERIES.G1 }),
    G2: () => ({ query: QUERIES.G2 }),
    G3: (p) => ({ query: QUERIES.G3, variables: { id: String(p.id) }, headers: { 'X-Api-Key': apiKey(p.user) } }),
    G4: (p) => ({ query: QUERIES.G4, variables: { f: p.filter } }),
    GCREATE: (p) => ({
      query: QUERIES.RATE,
      variables: { m: String(p.id), r: p.rating },
      headers: { 'X-Api-Key': apiKey(p.user) },
    }),
    GUPDATE: (p) => ({
      query: QUERIES.RATE,
      variables: { m: String(p.id), r: p.rating },
      headers: { 'X-Api-Key': apiKey(p.user) },
    }),
    GDELETE: (p) => ({
      query: QUERIES.UNRATE,
      variables: { m: String(p.id) },
      headers: { 'X-Api-Key': apiKey(p.user) },
    }),
  },
  extra: { STATIC: () => ({ method: 'GET', path: '/static' }), SELECT1: () => ({ method: 'GET', path: '/select1' }) },
};
export const PROTOCOL = {
  R1: 'rest',
  R2: 'rest',
  R3: 'rest',
  R4: 'rest',
  R5: 'rest',
  W1: 'rest',
  M1: 'rest',
  G1: 'graphql',
  G2: 'graphql',
  G3: 'graphql',
  G4: 'graphql',
  GW: 'graphql',
  STATIC: 'extra',
  SELECT1: 'extra',
};
