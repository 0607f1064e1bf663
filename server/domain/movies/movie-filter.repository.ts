import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { foldText } from '../text.js';
import type { MovieFilter } from './movie.types.js';
import { findByLetters } from './movie-letter.repository.js';
import { containsAll, type TextSearch } from './movie-search.repository.js';

/** From so many films on it costs less to meet them on the way through all films than to fetch and sort them. */
const commonFrom = 2000;

/** How a page meets the films of a filter. */
interface Meeting {
  /** Whether each film is asked for its genre, instead of the genre for its films. */
  readonly genreIsCommon: boolean;
  /** Whether it goes through all films in the order of the page, until it is full. */
  readonly onTheWay: boolean;
}

/** The SQL of a filter: conditions on `movies` that must all hold; none when the filter asks nothing. */
export function conditionsOf(
  engine: Database['engine'],
  filter: MovieFilter,
  { genreIsCommon, onTheWay }: Meeting = { genreIsCommon: isNarrow(filter), onTheWay: false },
): RawBuilder<SqlBool>[] {
  return [
    ...(filter.inMovieLens ? [sql<SqlBool>`movies.movie_lens_id is not null`] : []),
    ...containsAll(engine, searchesOf(filter)),
    ...withFolded(filter.genre, genreIsCommon ? hasGenre : isOfGenre),
    ...(filter.withoutGenres ? [hasNoGenres] : []),
    // SQLite would look these films up, and sort most of the catalogue.
    ...rangesOf(filter, onTheWay && engine === 'sqlite' ? '+' : ''),
  ];
}

/**
 * The conditions of a filter for one page of its films. Where they are few they are looked up, whatever the order of the
 * page: an engine that went through all films in that order would come to the last of them before the page is full.
 *
 * @param all every film of the filter will be read, as many as there are
 */
export async function pageConditionsOf(
  database: Database,
  filter: MovieFilter,
  all = false,
): Promise<RawBuilder<SqlBool>[]> {
  const common = !all && !isNarrow(filter) && (await isCommon(database, filter));
  const genreIsCommon = common || isNarrow(filter);
  const films = findByPlainIndex(common ? { ...filter, genre: null } : filter);
  const onTheWay = films !== undefined && !all && (await countFound(database, films, commonFrom)) === commonFrom;
  const conditions = conditionsOf(database.engine, filter, { genreIsCommon, onTheWay });
  return films && !onTheWay ? [...conditions, sql<SqlBool>`movies.id in (${films})`] : conditions;
}

/** Whether a filter's genre has so many films that a page of them is soon met in any order. */
async function isCommon(database: Database, { genre }: MovieFilter): Promise<boolean> {
  return Boolean(genre) && (await countFound(database, ofGenre(foldText(genre ?? '')), commonFrom)) === commonFrom;
}

/** How many films a filter that asks something matches. */
export async function countMatches(database: Database, filter: MovieFilter): Promise<number> {
  const conditions = conditionsOf(database.engine, filter);
  const searches = searchesOf(filter);
  const lettered = findByLetters(searches, filter.inMovieLens === true);
  if (lettered && conditions.length === searches.length + (filter.inMovieLens ? 1 : 0)) {
    return countFound(database, lettered);
  }
  if (lettered && !hasFewFilms(filter)) conditions.push(sql<SqlBool>`movies.id in (${lettered})`);
  const byGenre = database.engine === 'mysql' && filter.year == null && (lettered || searches.length === 0);
  return countFound(database, findMatches(byGenre ? filter.genre : null, conditions));
}

/** @param genre the films to look at */
function findMatches(
  genre: string | null | undefined,
  conditions: readonly RawBuilder<SqlBool>[],
): RawBuilder<unknown> {
  return genre
    ? findByGenre(foldText(genre), conditions)
    : sql`select movies.id from movies where ${sql.join(conditions, sql` and `)}`;
}

/** MySQL does not know how many films a genre has, and would rather read all films than look up those of a rare one. */
function findByGenre(nameKey: string, conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<unknown> {
  return sql`select movies.id from (select distinct movie_id from (${ofGenre(nameKey)}) as linked) as films
    straight_join movies on movies.id = films.movie_id where ${sql.join(conditions, sql` and `)}`;
}

/** @param films a query; @param atMost where to stop counting */
async function countFound({ sql: db }: Database, films: RawBuilder<unknown>, atMost?: number): Promise<number> {
  const limited = atMost === undefined ? films : sql`${films} limit ${atMost}`;
  const { rows } = await sql<{ total: number }>`select count(*) as total from (${limited}) as found`.execute(db);
  return Number(rows[0]?.total);
}

/**
 * A query for the ids of films by single characters, years, averages and so on, which an engine may take for too many
 * to be looked up; undefined when the filter has something that it always looks up, or nothing.
 */
function findByPlainIndex(filter: MovieFilter): RawBuilder<unknown> | undefined {
  const searches = searchesOf(filter);
  const ranges = rangesOf(filter);
  const lettered = findByLetters(searches, filter.inMovieLens === true);
  if ((!lettered && searches.length > 0) || filter.genre || filter.withoutGenres) return undefined;
  if (lettered && ranges.length === 0) return lettered;
  const conditions = [
    ...(lettered && !hasFewFilms(filter) ? [sql<SqlBool>`movies.id in (${lettered})`] : []),
    ...ranges,
  ];
  return conditions.length === 0
    ? undefined
    : sql`select movies.id from movies where ${sql.join(conditions, sql` and `)}`;
}

/** Whether an index finds few films by something else than their genre. */
function isNarrow(filter: MovieFilter): boolean {
  return filter.year != null || searchesOf(filter).some(({ text }) => Buffer.byteLength(text) > 1);
}

/** Whether something else than characters leaves few films, so that comparing those costs less than all with a letter. */
function hasFewFilms(filter: MovieFilter): boolean {
  return filter.year != null || Boolean(filter.genre) || filter.withoutGenres === true;
}

/** @param prefix `+` keeps SQLite from looking into an index */
function rangesOf(filter: MovieFilter, prefix: '+' | '' = ''): RawBuilder<SqlBool>[] {
  const ranges: readonly Range[] = [
    ['movies.year', '=', filter.year],
    ['movies.year', '>=', filter.yearFrom],
    ['movies.year', '<=', filter.yearTo],
    ['movies.status', '=', filter.status],
    ['movies.average_rating', '>=', filter.minAverage],
    ['movies.rating_count', '>=', filter.minRatingCount],
  ];
  return ranges
    .filter(([, , value]) => value != null)
    .map(([column, operator, value]) => {
      return sql<SqlBool>`${sql.raw(prefix)}${sql.ref(column)} ${sql.raw(operator)} ${value}`;
    });
}

type Range = readonly [column: string, operator: '=' | '>=' | '<=', value: string | number | null | undefined];

/** The texts that a filter looks for; none of them is empty. */
function searchesOf({ text, title, fullTitle, director }: MovieFilter): TextSearch[] {
  if (!text && !title && !fullTitle && !director) return [];
  const words = foldText(text ?? '').split(' ');
  const searches: TextSearch[] = [
    ...words.map((word) => ({ column: 'search_text', text: word }) as const),
    { column: 'sort_title', text: foldText(title ?? '') },
    { column: 'search_text', text: foldText(fullTitle ?? '') },
    { column: 'director_key', text: foldText(director ?? '') },
  ];
  return searches.filter((search) => search.text !== '');
}

/** @returns nothing for a text that is absent or empty */
function withFolded(
  text: string | null | undefined,
  condition: (folded: string) => RawBuilder<SqlBool>,
): RawBuilder<SqlBool>[] {
  return text ? [condition(foldText(text))] : [];
}

/** Lists the films of the genre: costs as much as those are many. */
function isOfGenre(nameKey: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`movies.id in (${ofGenre(nameKey)})`;
}

/** Looks at the film's genres: costs the same for each film that comes so far. MySQL would make a list of an `exists`. */
function hasGenre(nameKey: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(select 1 from movie_genres join genres as wanted on wanted.id = movie_genres.genre_id
    where movie_genres.movie_id = movies.id and wanted.name_key = ${nameKey} limit 1) = 1`;
}

/** Several genres may have one folded name. */
function ofGenre(nameKey: string): RawBuilder<unknown> {
  return sql`select movie_genres.movie_id from movie_genres
    join genres as wanted on wanted.id = movie_genres.genre_id
    where wanted.name_key = ${nameKey}`;
}

/** Whatever has genres has a primary one, whose index leaves few films to look at. */
const hasNoGenres = sql<SqlBool>`(movies.primary_genre_id is null
  and not exists (select 1 from movie_genres where movie_genres.movie_id = movies.id))`;
