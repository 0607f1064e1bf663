import { apiKey } from './lib/world.mjs';
const Q = {
  G1: 'query G1 { movies(first: 20) { nodes { id: databaseId title averageRating ratingCount } } }',
  G2: 'query G2 { movies(first: 20) { nodes { id: databaseId title averageRating ratings(first: 3) { nodes { id: databaseId rating: score user { id: databaseId name } } } } } }',
  G3: 'query G3($id: Int!) { movie(databaseId: $id) { id: databaseId title year genres averageRating ratingCount } viewer { id: databaseId name watchlist(first: 10) { nodes { id: databaseId watched movie { id: databaseId title } } } } }',
  G4: 'query G4($f: MovieFilter!) { movies(first: 20, filter: $f) { nodes { id: databaseId title year genres averageRating } } }',
  RATE: 'mutation R($m: ID!, $r: Float!) { rateMovie(input: { movieId: $m, score: $r }) { rating { id: databaseId rating: score } } }',
  UNRATE: 'mutation D($m: ID!) { deleteRating(input: { movieId: $m }) { outcome } }',
};
const key = (u) => ({ 'X-Api-Key': apiKey(u) });
const rate = (p) => ({ query: Q.RATE, variables: { m: String(p.id), r: p.rating }, headers: key(p.user) });
export const map = {
  G1: () => ({ query: Q.G1 }),
  G2: () => ({ query: Q.G2 }),
  G3: (p) => ({ query: Q.G3, variables: { id: p.id }, headers: key(p.user) }),
  G4: (p) => ({ query: Q.G4, variables: { f: p.filter } }),
  GCREATE: rate,
  GUPDATE: rate,
  GDELETE: (p) => ({ query: Q.UNRATE, variables: { m: String(p.id) }, headers: key(p.user) }),
};
const ids = (v) => {
  if (Array.isArray(v)) v.forEach(ids);
  else if (v && typeof v === 'object') {
    if (typeof v.id === 'number') v.id = String(v.id);
    if (Array.isArray(v.genres) && !v.genres.length) v.genres = ['Unknown'];
    Object.values(v).forEach(ids);
  }
  return v;
};
export const normalize = (w, v) => (w[0] === 'G' ? ids(v) : v);
