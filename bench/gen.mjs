#!/usr/bin/env node
// gen.mjs - MovieLens files of any size, the same for the same seed, in constant memory.
//
//   node gen.mjs --out DIR [--ratings 5000000] [--users 200000] [--movies 86537] [--seed 1]
//                [--base DIR_OR_MOVIES_CSV] [--popularity RATINGS_CSV]
//
// Writes DIR/movies.csv, links.csv, ratings.csv and gen.json (parameters, counts, SHA-256).
//  * exactly --ratings rows, sorted by userId,movieId as GroupLens ships them; at most one rating per (user, movie)
//  * user activity: log-normal, every user at least one rating, sums exactly to --ratings (error diffusion)
//  * movie popularity: Zipf-Mandelbrot, ranks follow --popularity where given
//  * values: half stars 0.5..5.0 = movie quality + user bias + noise, close to the MovieLens histogram
// Memory: O(movies); nothing grows with the number of ratings.
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeFilms, readFilms, writeFilms } from './lib/films.mjs';
import { createRankDraw, makeQualities, rankFilms } from './lib/popularity.mjs';
import { createRandom } from './lib/random.mjs';
import { RatingFile } from './lib/rating-file.mjs';

const { values } = parseArgs({
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
if (!values.out) {
  console.error('gen.mjs: --out DIR is required');
  process.exit(2);
}
const [ratings, users, movies, seed, q, s, sigma] = ['ratings', 'users', 'movies', 'seed', 'q', 's', 'sigma'].map(
  (name) => Number(values[name]),
);
const heaviestUser = 200;
const epoch = 820_454_400;
const startedAt = Date.now();

fs.mkdirSync(values.out, { recursive: true });
const films = values.base ? await readFilms(values.base, movies) : makeFilms(movies, seed);
writeFilms(values.out, films);
const rank = await rankFilms(films, { popularity: values.popularity, seed });
const drawRank = createRankDraw(films.length, { q, s });
const quality = makeQualities(rank, seed);
const random = createRandom(seed ^ 0xd1ce);
const perFilm = new Uint32Array(films.length);
const [ratedBy, picked] = [new Uint32Array(films.length), new Uint32Array(films.length)];
const file = new RatingFile(path.join(values.out, 'ratings.csv'));
let [written, mostOfUser] = [0, 0];
for (const { userId, count } of activities()) {
  rate(userId, pickFilms(userId, count));
  written += count;
  mostOfUser = Math.max(mostOfUser, count);
}
describe(file.close());

/** How many films each user rates; what is over after rounding is the last one's. */
function* activities() {
  const most = Math.max(1, Math.floor(films.length * 0.6));
  const weights = () => {
    const normal = createRandom(seed ^ 0xac71);
    return () => Math.min(Math.exp(sigma * normal.normal()), heaviestUser);
  };
  // Twice the same numbers: the first pass sums them, the second spreads the ratings.
  const first = weights();
  let total = 0;
  for (let userId = 1; userId <= users; userId++) total += first();
  const second = weights();
  let [due, given, carried] = [0, 0, 0];
  for (let userId = 1; userId <= users; userId++) {
    due += (second() / total) * (ratings - users);
    let count = 1 + Math.floor(due + 1e-9) - given + carried;
    given = Math.floor(due + 1e-9);
    if (userId === users) count = ratings - written;
    carried = Math.max(0, count - most);
    yield { userId, count: Math.min(count, most) };
  }
}

/** Places of films, in order and each once: by popularity, or any where that meets too many again. */
function pickFilms(userId, count) {
  let [found, misses] = [0, 0];
  while (found < count) {
    const place = misses < 8 * count + 64 ? rank[drawRank(random)] : random.below(films.length);
    if (ratedBy[place] === userId) {
      misses += 1;
      continue;
    }
    ratedBy[place] = userId;
    picked[found++] = place;
  }
  return picked.subarray(0, count).sort();
}

function rate(userId, places) {
  const bias = 0.38 * random.normal();
  let seconds = epoch + random.below(720_000_000);
  for (const place of places) {
    perFilm[place] += 1;
    let halves = Math.min(10, Math.max(1, Math.round(2 * (quality[place] + bias + 0.9 * random.normal()))));
    // Whole stars are favoured, as in MovieLens.
    if (halves & 1 && random.unit() < 0.35) halves += 1;
    seconds += random.below(90);
    file.add({ userId, movieId: films[place].id, halves, seconds });
  }
}

function describe(ratingsHash) {
  const movieHash = crypto.createHash('sha256').update(fs.readFileSync(path.join(values.out, 'movies.csv')));
  const info = {
    ...{ seed, movies: films.length, users, ratings: written },
    ratedMovies: perFilm.filter((count) => count > 0).length,
    topMovieRatings: perFilm.reduce((most, count) => Math.max(most, count), 0),
    ...{ maxUserRatings: mostOfUser, q, s, sigma },
    sha256: { movies: movieHash.digest('hex'), ratings: ratingsHash },
  };
  fs.writeFileSync(path.join(values.out, 'gen.json'), `${JSON.stringify(info, null, 1)}\n`);
  const rssMiB = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(JSON.stringify({ ...info, seconds: (Date.now() - startedAt) / 1000, rssMiB }));
}
