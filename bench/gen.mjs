#!/usr/bin/env node
// gen.mjs - deterministic, streaming generator of MovieLens-format data sets of any size.
//
//   node gen.mjs --out DIR [--ratings 5000000] [--users 200000] [--movies 86537] [--seed 1]
//                [--base DIR_OR_MOVIES_CSV] [--popularity RATINGS_CSV]
//
// Writes DIR/movies.csv, DIR/ratings.csv and DIR/gen.json (parameters, counts, sha256 of the two files).
//  * exactly --ratings rows, sorted by userId,movieId as GroupLens ships them; at most one rating per (user, movie)
//  * user activity: log-normal, every user at least one rating, sums exactly to --ratings (error diffusion)
//  * movie popularity: Zipf-Mandelbrot 1/(rank+q)^s, drawn by alias table in O(1); ranks follow --popularity where given
//  * values: half stars 0.5..5.0 = movie quality + user bias + noise, close to the MovieLens histogram
// Memory: O(movies) typed arrays and one 1 MiB output buffer; nothing grows with the number of ratings.
import fs from 'node:fs';
import path from 'node:path';
import crypto from 'node:crypto';
import { parseArgs } from 'node:util';
import { readMovies, readCsvRows } from './lib/movielens.mjs';

const { values: o } = parseArgs({
  options: {
    out: { type: 'string' },
    ratings: { type: 'string', default: '5000000' },
    users: { type: 'string', default: '200000' },
    movies: { type: 'string', default: '86537' },
    seed: { type: 'string', default: '1' },
    base: { type: 'string' },
    popularity: { type: 'string' },
    q: { type: 'string', default: '300' },
    s: { type: 'string', default: '1.75' },
    sigma: { type: 'string', default: '1.15' },
  },
});
if (!o.out) {
  console.error('gen.mjs: --out DIR is required');
  process.exit(2);
}
const R = Number(o.ratings),
  U = Number(o.users),
  M = Number(o.movies),
  q = Number(o.q),
  s = Number(o.s),
  sigma = Number(o.sigma);
const seed = Number(o.seed);

/** xoshiro128** seeded by splitmix32: small, fast, identical on every platform. */
function rng(seed) {
  let z = seed >>> 0;
  const sm = () => {
    z = (z + 0x9e3779b9) >>> 0;
    let t = z ^ (z >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
  let a = sm(),
    b = sm(),
    c = sm(),
    d = sm();
  const u32 = () => {
    let t = Math.imul(b, 5);
    t = Math.imul((t << 7) | (t >>> 25), 9) >>> 0;
    const x = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= x;
    d = (d << 11) | (d >>> 21);
    return t;
  };
  const f = () => u32() / 4294967296;
  let spare = NaN;
  const normal = () => {
    if (spare === spare) {
      const v = spare;
      spare = NaN;
      return v;
    }
    let x, y, r;
    do {
      x = 2 * f() - 1;
      y = 2 * f() - 1;
      r = x * x + y * y;
    } while (r >= 1 || r === 0);
    const k = Math.sqrt((-2 * Math.log(r)) / r);
    spare = y * k;
    return x * k;
  };
  return { u32, f, normal, int: (n) => Math.floor(f() * n) };
}

fs.mkdirSync(o.out, { recursive: true });
// ---- movies
let movies;
if (o.base) {
  const file = fs.statSync(o.base).isDirectory() ? path.join(o.base, 'movies.csv') : o.base;
  movies = [];
  for await (const m of readMovies(file)) {
    movies.push(m);
    if (movies.length >= M) break;
  }
} else {
  const g = [
    'Action',
    'Adventure',
    'Animation',
    'Children',
    'Comedy',
    'Crime',
    'Documentary',
    'Drama',
    'Fantasy',
    'Horror',
    'Musical',
    'Mystery',
    'Romance',
    'Sci-Fi',
    'Thriller',
    'War',
    'Western',
  ];
  const w = [
    'Night',
    'Star',
    'River',
    'Dark',
    'Last',
    'Lost',
    'King',
    'Summer',
    'Blue',
    'Return',
    'Secret',
    'City',
    'Moon',
    'House',
    'Broken',
    'Silent',
    'Golden',
    'Winter',
    'Dream',
    'Stone',
    'Red',
    'Storm',
    'Garden',
    'Shadow',
  ];
  const r = rng(seed ^ 0x5eed);
  movies = [];
  for (let i = 1; i <= M; i++) {
    const n = 1 + r.int(3),
      t = [];
    for (let k = 0; k < n; k++) t.push(w[r.int(w.length)]);
    const gs = new Set();
    for (let k = 0, n2 = 1 + r.int(3); k < n2; k++) gs.add(g[r.int(g.length)]);
    movies.push({ id: i, title: `${t.join(' ')} ${i} (${1920 + r.int(105)})`, genres: [...gs].sort().join('|') });
  }
}
const N = movies.length;
const csvField = (x) => (/[",\n]/.test(x) ? `"${x.replaceAll('"', '""')}"` : x);
{
  const out = fs.createWriteStream(path.join(o.out, 'movies.csv'));
  out.write('movieId,title,genres\n');
  for (const m of movies)
    if (!out.write(`${m.id},${csvField(m.title)},${csvField(m.genres)}\n`))
      await new Promise((r) => out.once('drain', r));
  await new Promise((res, rej) => out.end((e) => (e ? rej(e) : res())));
}
// ---- popularity ranks
const count = new Map();
if (o.popularity) for await (const f of readCsvRows(o.popularity)) count.set(+f[1], (count.get(+f[1]) ?? 0) + 1);
const pr = rng(seed ^ 0x0909);
const tie = Float64Array.from({ length: N }, () => pr.f());
const rank = Array.from({ length: N }, (_, i) => i).sort(
  (a, b) => (count.get(movies[b].id) ?? 0) - (count.get(movies[a].id) ?? 0) || tie[a] - tie[b],
);
// alias table over ranks
const p = new Float64Array(N);
let sum = 0;
for (let r = 0; r < N; r++) {
  p[r] = (r + 1 + q) ** -s;
  sum += p[r];
}
const prob = new Float64Array(N),
  alias = new Uint32Array(N);
{
  const small = [],
    large = [];
  for (let r = 0; r < N; r++) {
    p[r] = (p[r] / sum) * N;
    (p[r] < 1 ? small : large).push(r);
  }
  while (small.length && large.length) {
    const l = small.pop(),
      g = large.pop();
    prob[l] = p[l];
    alias[l] = g;
    p[g] += p[l] - 1;
    (p[g] < 1 ? small : large).push(g);
  }
  for (const r of large.concat(small)) prob[r] = 1;
}
const quality = new Float32Array(N); // better films are rated more often
{
  const r = rng(seed ^ 0x9a11);
  for (let k = 0; k < N; k++) quality[rank[k]] = 3.15 + 0.55 * Math.exp(-k / (N / 12)) + 0.42 * r.normal();
}

// ---- activity: pass 1 sums the log-normal weights, pass 2 (same stream) spreads R - U extra ratings by error diffusion
const weight = (r) => Math.exp(sigma * r.normal());
let W = 0;
{
  const r = rng(seed ^ 0xac71);
  for (let u = 0; u < U; u++) W += Math.min(weight(r), 200);
}
const cap = Math.max(1, Math.floor(N * 0.6));

const fd = fs.openSync(path.join(o.out, 'ratings.csv'), 'w');
const hash = crypto.createHash('sha256');
const buf = Buffer.allocUnsafe(1 << 20);
let pos = 0,
  written = 0;
const flush = () => {
  hash.update(buf.subarray(0, pos));
  let at = 0;
  while (at < pos) at += fs.writeSync(fd, buf, at, pos - at);
  pos = 0;
};
pos += buf.write('userId,movieId,rating,timestamp\n', pos, 'latin1');
const digits = (n) => {
  let k = 1;
  for (let x = n; x >= 10; x = Math.floor(x / 10)) k++;
  let x = n;
  for (let i = pos + k - 1; i >= pos; i--) {
    buf[i] = 48 + (x % 10);
    x = Math.floor(x / 10);
  }
  pos += k;
};
const stamp = new Uint32Array(N),
  picked = new Uint32Array(N),
  perMovie = new Uint32Array(N);
const ra = rng(seed ^ 0xac71),
  rd = rng(seed ^ 0xd1ce);
let acc = 0,
  given = 0,
  carry = 0,
  maxUser = 0;
const t0 = Date.now();
for (let u = 1; u <= U; u++) {
  acc += (Math.min(weight(ra), 200) / W) * (R - U);
  let n = 1 + Math.floor(acc + 1e-9) - given + carry;
  given = Math.floor(acc + 1e-9);
  carry = 0;
  if (u === U) n = R - written; // rounding remainder of the last user
  if (n > cap) {
    carry = n - cap;
    n = cap;
  }
  if (n > maxUser) maxUser = n;
  let k = 0,
    misses = 0;
  while (k < n) {
    let i;
    if (misses < 8 * n + 64) {
      const c = rd.int(N);
      i = rank[rd.f() < prob[c] ? c : alias[c]];
    } else i = rd.int(N);
    if (stamp[i] === u) {
      misses++;
      continue;
    }
    stamp[i] = u;
    picked[k++] = i;
  }
  const mine = picked.subarray(0, n).sort(); // movies are in movieId order, so index order is id order
  const bias = 0.38 * rd.normal(),
    start = 820454400 + rd.int(720000000);
  let t = start;
  for (let j = 0; j < n; j++) {
    const i = mine[j];
    perMovie[i]++;
    let h = Math.round(2 * (quality[i] + bias + 0.9 * rd.normal()));
    if (h < 1) h = 1;
    else if (h > 10) h = 10;
    if (h & 1 && rd.f() < 0.35) h++; // whole stars are favoured, as in MovieLens
    t += rd.int(90);
    digits(u);
    buf[pos++] = 44;
    digits(movies[i].id);
    buf[pos++] = 44;
    if (h >= 10) {
      buf[pos++] = 53;
    } else buf[pos++] = 48 + (h >> 1);
    buf[pos++] = 46;
    buf[pos++] = h & 1 ? 53 : 48;
    buf[pos++] = 44;
    digits(t);
    buf[pos++] = 10;
    if (pos > buf.length - 64) flush();
  }
  written += n;
}
flush();
fs.closeSync(fd);
let rated = 0,
  top = 0;
for (const c of perMovie) {
  if (c) rated++;
  if (c > top) top = c;
}
const movieHash = crypto
  .createHash('sha256')
  .update(fs.readFileSync(path.join(o.out, 'movies.csv')))
  .digest('hex');
const info = {
  seed,
  movies: N,
  users: U,
  ratings: written,
  ratedMovies: rated,
  topMovieRatings: top,
  maxUserRatings: maxUser,
  q,
  s,
  sigma,
  sha256: { movies: movieHash, ratings: hash.digest('hex') },
  seconds: (Date.now() - t0) / 1000,
  rssMiB: Math.round(process.memoryUsage().rss / 2 ** 20),
};
const { seconds, rssMiB, ...stable } = info;
fs.writeFileSync(path.join(o.out, 'gen.json'), JSON.stringify(stable, null, 1) + '\n');
console.log(JSON.stringify(info));
