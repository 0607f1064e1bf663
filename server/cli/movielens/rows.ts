import { InvalidError } from '../../domain/errors.js';
import { type MovieNames, movieTexts } from '../../domain/movies/movie-texts.js';
import { parseScore } from '../../domain/ratings/score.js';
import { RowRefusal } from './refusal.js';
import { splitTitle } from './title.js';

/** The columns that each file must have, in this order. */
export const columns = {
  movies: ['movieId', 'title', 'genres'],
  links: ['movieId', 'imdbId', 'tmdbId'],
  ratings: ['userId', 'movieId', 'rating', 'timestamp'],
} as const;

/** A row of `movies.csv`. */
export interface MovieLine {
  readonly movieLensId: number;
  readonly names: MovieNames & { readonly fullTitle: string };
  /** In the order of the file, each once. */
  readonly genres: readonly string[];
}

/** A row of `links.csv`. */
export interface LinkLine {
  readonly movieLensId: number;
  /** As IMDb writes it: `tt0114709`. */
  readonly imdbId: string | null;
  readonly tmdbId: string | null;
}

/** A row of `ratings.csv`. */
export interface RatingLine {
  readonly userId: number;
  readonly movieLensId: number;
  /** Hundredths. */
  readonly score: number;
  /** Milliseconds since the epoch. */
  readonly ratedAt: number;
}

const maxId = 2_147_483_647;
const maxTitleLength = 500;
const maxFullTitleLength = 600;
const maxGenreLength = 100;
const noGenres = '(no genres listed)';

/** @throws RowRefusal */
export function parseMovie(fields: readonly string[]): MovieLine {
  const [id, fullTitle, genres] = take(fields, columns.movies);
  return { movieLensId: parseId('movieId', id), names: parseTitle(fullTitle), genres: parseGenres(genres) };
}

/** @throws RowRefusal */
export function parseLink(fields: readonly string[]): LinkLine {
  const [id, imdbId, tmdbId] = take(fields, columns.links);
  const imdbNumber = parseExternalId('imdbId', imdbId);
  return {
    movieLensId: parseId('movieId', id),
    imdbId: imdbNumber && `tt${imdbNumber.padStart(7, '0')}`,
    tmdbId: parseExternalId('tmdbId', tmdbId),
  };
}

/** @throws RowRefusal */
export function parseRating(fields: readonly string[]): RatingLine {
  const [userId, movieId, rating, timestamp] = take(fields, columns.ratings);
  return {
    userId: parseId('userId', userId),
    movieLensId: parseId('movieId', movieId),
    score: parseRatingScore(rating),
    ratedAt: parseTimestamp(timestamp),
  };
}

type Fields<Names extends readonly string[]> = { readonly [Index in keyof Names]: string };

function take<const Names extends readonly string[]>(fields: readonly string[], names: Names): Fields<Names> {
  if (fields.length !== names.length) {
    throw new RowRefusal(`expected the ${names.length} columns ${names.join(', ')}`, `${fields.length} columns`);
  }
  return fields as Fields<Names>; // as many strings as there are names: just checked
}

function parseId(name: string, text: string): number {
  const id = Number(text);
  if (!/^[1-9]\d{0,9}$/.test(text) || id > maxId) {
    throw new RowRefusal(`${name}: expected a whole number from 1 to ${maxId}`, text);
  }
  return id;
}

function parseTitle(fullTitle: string): MovieLine['names'] {
  if (fullTitle.trim() === '') throw new RowRefusal('title: expected some text', fullTitle);
  // Before anything else, so that no later step meets a text of unreasonable length.
  if (fullTitle.length > maxFullTitleLength) throw tooLong(fullTitle);
  const names = { ...splitTitle(fullTitle), director: null, fullTitle };
  const texts = movieTexts(names);
  // Folding can make a text longer, and the folded one has to fit as well.
  const fits = Math.max(texts.title.length, texts.sort_title.length) <= maxTitleLength;
  if (!fits || texts.search_text.length > maxFullTitleLength) throw tooLong(fullTitle);
  return names;
}

function tooLong(fullTitle: string): RowRefusal {
  return new RowRefusal(`title: expected at most ${maxTitleLength} characters before the year`, fullTitle);
}

function parseGenres(text: string): string[] {
  const names = text === noGenres ? [] : text.split('|').map((name) => name.trim());
  const long = names.find((name) => name.length > maxGenreLength);
  if (long) throw new RowRefusal(`genres: expected names of at most ${maxGenreLength} characters`, long);
  return [...new Set(names.filter(Boolean))];
}

function parseExternalId(name: string, text: string): string | null {
  if (text === '') return null;
  if (!/^\d{1,10}$/.test(text)) throw new RowRefusal(`${name}: expected at most 10 digits, or nothing`, text);
  return text;
}

function parseRatingScore(text: string): number {
  try {
    return parseScore(/^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN);
  } catch (error) {
    if (!(error instanceof InvalidError)) throw error;
    throw new RowRefusal('rating: expected a number from 0 to 5 with at most 2 decimals', text);
  }
}

function parseTimestamp(text: string): number {
  if (!/^\d{1,10}$/.test(text)) throw new RowRefusal('timestamp: expected whole seconds since 1970', text);
  return Number(text) * 1000;
}
