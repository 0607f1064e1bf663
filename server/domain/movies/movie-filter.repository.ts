import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { foldText } from '../text.js';
import type { MovieFilter } from './movie.types.js';
import { contains, containsAll, type TextSearch } from './movie-search.repository.js';

/** The SQL of a filter: conditions on `movies` that must all hold; none when the filter asks nothing. */
export function conditionsOf(engine: Database['engine'], filter: MovieFilter): RawBuilder<SqlBool>[] {
  return [
    ...(filter.inMovieLens ? [sql<SqlBool>`movies.movie_lens_id is not null`] : []),
    ...containsAll(engine, searchesOf(filter)),
    ...withFolded(filter.director, (text) => contains({ column: 'director_key', text })),
    ...withFolded(filter.genre, hasGenre),
    ...(filter.withoutGenres ? [hasNoGenres] : []),
    ...compare('movies.year', '=', filter.year),
    ...compare('movies.year', '>=', filter.yearFrom),
    ...compare('movies.year', '<=', filter.yearTo),
    ...compare('movies.status', '=', filter.status),
    ...compare('movies.average_rating', '>=', filter.minAverage),
    ...compare('movies.rating_count', '>=', filter.minRatingCount),
  ];
}

function searchesOf({ text, title, fullTitle }: MovieFilter): TextSearch[] {
  const words = foldText(text ?? '').split(' ');
  const searches: TextSearch[] = [
    ...words.map((word) => ({ column: 'search_text', text: word }) as const),
    { column: 'sort_title', text: foldText(title ?? '') },
    { column: 'search_text', text: foldText(fullTitle ?? '') },
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

function compare(
  column: string,
  operator: '=' | '>=' | '<=',
  value: string | number | null | undefined,
): RawBuilder<SqlBool>[] {
  return value == null ? [] : [sql<SqlBool>`${sql.ref(column)} ${sql.raw(operator)} ${value}`];
}

function hasGenre(nameKey: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`movies.id in (
    select movie_genres.movie_id from movie_genres
    join genres as wanted on wanted.id = movie_genres.genre_id
    where wanted.name_key = ${nameKey}
  )`;
}

/** Whatever has genres has a primary one, whose index leaves few films to look at. */
const hasNoGenres = sql<SqlBool>`(movies.primary_genre_id is null
  and not exists (select 1 from movie_genres where movie_genres.movie_id = movies.id))`;
