// What the loader and the load generator must agree on: keys, bench-only users, watchlists.
import crypto from 'node:crypto';
/** Users without ratings or watchlist, added after the data set's own: writers use them, so writes never collide with the data. */
export const BENCH_USERS = 64;
export const WATCH_EPOCH = 1537799250;
/** Users 1..1000 have 12 watchlist items each (readers use these), later ones 0..2. */
export const READERS = 1000;
export const apiKey = (u) =>
  'api_' +
  crypto
    .createHash('sha256')
    .update('bench:' + u)
    .digest('hex');
export function watchlistOf(u, ids) {
  const n = u <= READERS ? 12 : u % 3,
    out = [],
    seen = new Set(),
    N = ids.length;
  let h = Math.imul(u, 0x9e3779b1) >>> 0;
  for (let k = 0; out.length < n; k++) {
    h = (Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) + 0x6d2b79f5 + k) >>> 0;
    h = (h ^ (h >>> 12)) >>> 0;
    const f = h / 4294967296,
      id = ids[Math.floor(f * f * N)]; // squared: early (better known) films more often
    if (seen.has(id)) continue;
    seen.add(id);
    out.push({ movieId: id, watched: (h >>> 3) & 1, at: WATCH_EPOCH + u * 60 + out.length });
  }
  return out;
}
