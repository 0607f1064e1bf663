import type { Database } from '../../database/database.js';
import { keysetSql } from '../../database/keyset.js';
import { prepareEach } from '../../database/statement.js';
import { type Direction, type KeysetPage, type KeysetRequest, toKeysetPage } from '../page.js';
import type { MovieOrderField, ShortMovieRow } from './movie.types.js';

/** The columns that films are ordered by, beside their id. */
export const orderColumns = {
  ID: null,
  TITLE: 'movies.sort_title',
  YEAR: 'movies.year',
  AVERAGE_RATING: 'movies.average_rating',
  RATING_COUNT: 'movies.rating_count',
  CREATED_AT: 'movies.created_at',
} satisfies Record<MovieOrderField, string | null>;

/** The columns of a `ShortMovieRow`. */
const shortColumns = [
  'movies.id',
  'movies.title',
  'movies.year',
  'movies.rating_count as ratingCount',
  'movies.rating_sum as ratingSum',
] as const;

/** Of what films keep of their ratings, a statement that does not look for it reads what it shows. */
export const shown = (_input: unknown, rows: readonly { readonly id: number }[]) => rows.map(({ id }) => id);

/** Of which films a page in this order reads the ratings: undefined where the order itself is made of them. */
export function shownInOrder(order: `${MovieOrderField} ${Direction}`): typeof shown | undefined {
  return /^(?:AVERAGE_RATING|RATING_COUNT) /.test(order) ? undefined : shown;
}

/** The first page of all films, for each order. */
const firstShortPage = prepareEach<`${MovieOrderField} ${Direction}`, { limit: number }, ShortMovieRow>((order) => {
  const [field, direction] = order.split(' ') as [MovieOrderField, Direction]; // as they were put together
  const { orderBy } = keysetSql({ first: 0, order: { field, direction } }, orderColumns[field], 'movies.id');
  return (db, { limit }) => db.selectFrom('movies').select(shortColumns).orderBy(orderBy).limit(limit);
}, shownInOrder);

/** The first page of all films, with the few columns that most lists show: the others take most of its time. */
export async function listShort(
  database: Database,
  { first, order: { field, direction } }: KeysetRequest<MovieOrderField>,
): Promise<KeysetPage<ShortMovieRow>> {
  const rows = await database.all(firstShortPage(`${field} ${direction}`), { limit: first + 1 });
  return toKeysetPage(rows, first);
}
