// Which films are rated, and how well: by rank.
import { readCsvRows } from './movielens.mjs';
import { createRandom } from './random.mjs';

/** Places of films, the most popular first: by how often a ratings.csv has them, ties and all others by chance. */
export async function rankFilms(films, { popularity, seed }) {
  const counts = new Map();
  if (popularity) {
    for await (const [, movieId] of readCsvRows(popularity)) counts.set(+movieId, (counts.get(+movieId) ?? 0) + 1);
  }
  const random = createRandom(seed ^ 0x0909);
  const tie = Float64Array.from(films, () => random.unit());
  const countOf = (place) => counts.get(films[place].id) ?? 0;
  return films.map((_film, place) => place).sort((a, b) => countOf(b) - countOf(a) || tie[a] - tie[b]);
}

/** Draws ranks by Zipf-Mandelbrot, 1/(rank + q)^s, each in constant time (alias method). */
export function createRankDraw(count, { q, s }) {
  const weights = Float64Array.from({ length: count }, (_, rank) => (rank + 1 + q) ** -s);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const share = weights.map((weight) => (weight / sum) * count);
  const [chance, alias] = [new Float64Array(count), new Uint32Array(count)];
  const [small, large] = [[], []];
  share.forEach((value, rank) => (value < 1 ? small : large).push(rank));
  while (small.length > 0 && large.length > 0) {
    const [low, high] = [small.pop(), large.pop()];
    chance[low] = share[low];
    alias[low] = high;
    share[high] += share[low] - 1;
    (share[high] < 1 ? small : large).push(high);
  }
  for (const rank of [...large, ...small]) chance[rank] = 1;
  return (random) => {
    const column = random.below(count);
    return random.unit() < chance[column] ? column : alias[column];
  };
}

/** How good each film is: better ones are rated more often. */
export function makeQualities(rank, seed) {
  const random = createRandom(seed ^ 0x9a11);
  const qualities = new Float32Array(rank.length);
  rank.forEach((place, at) => {
    qualities[place] = 3.15 + 0.55 * Math.exp(-at / (rank.length / 12)) + 0.42 * random.normal();
  });
  return qualities;
}
