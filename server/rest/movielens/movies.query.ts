import type { Request } from 'express';
import type { MovieFilter, MovieLensRequest } from '../../domain/movies/movie.types.js';
import { foldText } from '../../domain/text.js';
import { toId } from '../shared/ids.js';
import { missing, type Validated, validateAll } from '../shared/pydantic.js';
import { type IntegerRule, validateInteger, validateText } from '../shared/pydantic-values.js';
import { lastParameters } from '../shared/query.js';
import { invalidParameters, movieNotFound } from './errors.js';
import { unknownGenre } from './movies.presenter.js';
import { defaultPageSize, maxPageSize, type Paging, toPaging } from './paging.js';

const maxTextLength = 100;
const maxGenreLength = 50;
const years = { ge: 1900, le: 2100 } as const;

/** Which films a client asked for, and which page of them. */
export interface MovieQuery {
  readonly filter: MovieFilter;
  readonly order: MovieLensRequest['order'];
  readonly paging: Paging;
}

type Parameters = ReadonlyMap<string, string>;

/**
 * Reads the parameters of `GET /api/movies`; an empty text asks nothing.
 *
 * @throws Refusal (422)
 */
export function parseListQuery(request: Request): MovieQuery {
  const parameters = lastParameters(request);
  const { page, page_size, title, genre, year } = check({
    ...pagingFields(parameters),
    title: text(parameters, 'title', maxTextLength),
    ...filterFields(parameters),
  });
  const filter = { fullTitle: title, ...genreFilter(genre), year: toYear(year) };
  return { filter, order: 'movieLensId', paging: toPaging(page, page_size) };
}

/**
 * Reads the parameters of `GET /api/movies/search`; `sort=relevance` puts the likeliest first (MovieLens R8).
 *
 * @throws Refusal (422)
 */
export function parseSearchQuery(request: Request): MovieQuery {
  const parameters = lastParameters(request);
  const { q, page, page_size, genre, year } = check({
    q: parameters.has('q') ? text(parameters, 'q', maxTextLength) : missing(['query', 'q']),
    ...pagingFields(parameters),
    ...filterFields(parameters),
  });
  const filter = { text: q, ...genreFilter(genre), year: toYear(year) };
  const order = parameters.get('sort') === 'relevance' ? 'relevance' : 'movieLensId';
  return { filter, order, paging: toPaging(page, page_size) };
}

/**
 * Reads the id of a film in the path.
 *
 * @throws Refusal (422) unless it is an integer, (404) for one that no film can have
 */
export function parseMovieId(input: string): number {
  const { movieId } = check({ movieId: validateInteger(['path', 'movie_id'], input) });
  if (movieId < 1n || toId(Number(movieId)) !== Number(movieId)) throw movieNotFound(movieId);
  return Number(movieId);
}

function check<Fields extends Readonly<Record<string, Validated<unknown>>>>(fields: Fields) {
  const checked = validateAll(fields);
  if ('items' in checked) throw invalidParameters(checked.items);
  return checked.value;
}

function pagingFields(parameters: Parameters) {
  return {
    page: integer(parameters, 'page', { ge: 1 }) ?? { value: 1n },
    page_size: integer(parameters, 'page_size', { ge: 1, le: maxPageSize }) ?? { value: BigInt(defaultPageSize) },
  };
}

function filterFields(parameters: Parameters) {
  return {
    genre: text(parameters, 'genre', maxGenreLength),
    year: integer(parameters, 'year', years) ?? { value: null },
  };
}

function integer(parameters: Parameters, name: string, rule: IntegerRule): Validated<bigint> | undefined {
  const input = parameters.get(name);
  return input === undefined ? undefined : validateInteger(['query', name], input, rule);
}

function text(parameters: Parameters, name: string, maxLength: number): Validated<string> {
  return validateText(['query', name], parameters.get(name) ?? '', { maxLength });
}

function toYear(year: bigint | null): number | null {
  return year === null ? null : Number(year);
}

/** A genre by its name in any case (MovieLens R6); films that have none are shown as having the unknown one. */
function genreFilter(genre: string): MovieFilter {
  return foldText(genre) === foldText(unknownGenre) ? { withoutGenres: true } : { genre };
}
