// The films of a generated set: those of a MovieLens file, or made up.
import fs from 'node:fs';
import path from 'node:path';
import { readMovies } from './movielens.mjs';
import { createRandom } from './random.mjs';

const genreNames =
  'Action Adventure Animation Children Comedy Crime Documentary Drama Fantasy Horror Musical Mystery Romance Sci-Fi Thriller War Western'.split(
    ' ',
  );
const titleWords =
  'Night Star River Dark Last Lost King Summer Blue Return Secret City Moon House Broken Silent Golden Winter Dream Stone Red Storm Garden Shadow'.split(
    ' ',
  );

/** The first `count` films of a movies.csv, or of the folder that it is in. */
export async function readFilms(base, count) {
  const file = fs.statSync(base).isDirectory() ? path.join(base, 'movies.csv') : base;
  const films = [];
  for await (const film of readMovies(file)) {
    films.push(film);
    if (films.length >= count) break;
  }
  return films;
}

/** Films with titles of one to three words, their number and a year. */
export function makeFilms(count, seed) {
  const random = createRandom(seed ^ 0x5eed);
  return Array.from({ length: count }, (_, index) => {
    const words = Array.from({ length: 1 + random.below(3) }, () => titleWords[random.below(titleWords.length)]);
    const genres = new Set();
    for (let left = 1 + random.below(3); left > 0; left--) genres.add(genreNames[random.below(genreNames.length)]);
    const year = 1920 + random.below(105);
    return { id: index + 1, title: `${words.join(' ')} ${index + 1} (${year})`, genres: [...genres].sort().join('|') };
  });
}

/** Writes movies.csv and links.csv. Links are made up: nothing but their form is MovieLens's. */
export function writeFilms(folder, films) {
  const rows = films.map(({ id, title, genres }) => `${id},${quote(title)},${quote(genres)}\n`);
  fs.writeFileSync(path.join(folder, 'movies.csv'), `movieId,title,genres\n${rows.join('')}`);
  const links = films.map(({ id }) => `${id},${String(1_000_000 + id)},${id}\n`);
  fs.writeFileSync(path.join(folder, 'links.csv'), `movieId,imdbId,tmdbId\n${links.join('')}`);
}

const quote = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
