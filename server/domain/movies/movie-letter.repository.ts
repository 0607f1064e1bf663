import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from '../../database/database.js';
import { insertRows } from '../../database/rows.js';
import { letterOf, letterPlaces, lettersOf } from './movie-letters.js';
import type { TextSearch } from './movie-search.repository.js';

const columns = ['letter', 'movie_id', 'places'] as const;
/**
 * Brings `movie_letters` in step with these films. Whoever adds a film, or changes its title, director or MovieLens id,
 * calls this afterwards in the same transaction.
 */
export async function indexLetters(db: Kysely<Tables>, movieIds: readonly number[]): Promise<void> {
  if (movieIds.length === 0) return;
  const films = await db
    .selectFrom('movies')
    .select(['id', 'sort_title', 'search_text', 'director_key', 'movie_lens_id'])
    .where('id', 'in', movieIds)
    .execute();
  await db.deleteFrom('movie_letters').where('movie_id', 'in', movieIds).execute();
  const rows = films.flatMap((film) => [...lettersOf(film)].map(([letter, places]) => [letter, film.id, places]));
  // In the order of the primary key, which the table is stored by.
  rows.sort(([a = 0, film = 0], [b = 0, other = 0]) => a - b || film - other);
  await insertRows(db, { table: 'movie_letters', columns }, rows);
}

/**
 * The films that have every one of these characters in its text, when that is all that a filter's texts ask.
 *
 * @param searches not empty
 * @returns a query for `movie_id`, answered by this index alone; undefined when a text is of more than one character
 */
export function findByLetters(searches: readonly TextSearch[], inMovieLens: boolean): RawBuilder<unknown> | undefined {
  const letters = searches.map(({ column, text }) => ({ letter: letterOf(text), places: letterPlaces[column] }));
  if (letters.length === 0 || letters.some(({ letter }) => letter === undefined)) return undefined;
  const bits = inMovieLens ? letterPlaces.movieLens : 0;
  const tables = letters.map((_letter, index) => sql.table(`letter_${index}`));
  const joins = tables.map((table, index) =>
    index === 0
      ? sql`movie_letters as ${table}`
      : sql`join movie_letters as ${table} on ${table}.movie_id = letter_0.movie_id`,
  );
  const conditions = letters.map(({ letter, places }, index) => {
    const wanted = places | bits;
    return sql`${tables[index]}.letter = ${letter} and ${tables[index]}.places & ${wanted} = ${wanted}`;
  });
  return sql`select letter_0.movie_id from ${sql.join(joins, sql` `)} where ${sql.join(conditions, sql` and `)}`;
}
