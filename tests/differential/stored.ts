import { type Kysely, sql } from 'kysely';
import type { Database, Tables } from '../../server/database/database.js';
import type { Door, Facets, Stage } from './door.js';

/** Tables of what people do, those that refer to others first. */
const activity = ['library_entries', 'songs', 'playlist_entries', 'playlists', 'watchlist_items', 'ratings'] as const;

/** Takes back everything that operations did; people and films stay. */
export async function clearStage(
  database: Database,
  { people, admin }: Pick<Stage, 'people' | 'admin'>,
): Promise<void> {
  for (const table of activity) await database.sql.deleteFrom(table).execute();
  await database.sql.updateTable('movies').set({ rating_count: 0, rating_sum: 0, average_rating: null }).execute();
  const kept = [...people.map(({ id }) => id), admin.id];
  await database.sql.deleteFrom('sessions').where('user_id', 'not in', kept).execute();
  await database.sql.deleteFrom('users').where('id', 'not in', kept).execute();
  for (const { id, name } of people) {
    await database.sql.updateTable('users').set({ name, active: true }).where('id', '=', id).execute();
  }
}

/** The database itself as something to look through: it shows everything to whoever reads it with SQL. */
export function storedDoor(database: Database): Door {
  return {
    name: 'the database',
    perform: {},
    shows: ['watchlists', 'playlists', 'libraries'],
    read: () => readStored(database),
  };
}

async function readStored(database: Database): Promise<Partial<Facets>> {
  const db = database.sql;
  const movies = await db.selectFrom('movies').selectAll().orderBy('id').execute();
  const users = await db.selectFrom('users').select(['id', 'name', 'email', 'active']).orderBy('id').execute();
  const ratings = await db.selectFrom('ratings').selectAll().orderBy('user_id').execute();
  const items = await db.selectFrom('watchlist_items').selectAll().orderBy('id').execute();
  const libraries = await db.selectFrom('library_entries').selectAll().orderBy('id').execute();
  // What is counted and summed here, films keep of their own; they must agree.
  const counted = await sql<{ id: number; count: number; average: number | null }>`
    select movies.id, count(ratings.id) as count, sum(ratings.score) * 1e0 / (count(ratings.id) * 100) as average
    from movies left join ratings on ratings.movie_id = movies.id group by movies.id
  `.execute(db);
  const ofEach = <Row extends { readonly id: number }, T>(rows: readonly Row[], of: (row: Row) => T) =>
    Object.fromEntries(rows.map((row) => [row.id, of(row)]));
  return {
    averages: ofEach(counted.rows, ({ average }) => (average === null ? null : Number(average))),
    ratingCounts: ofEach(counted.rows, ({ count }) => Number(count)),
    ratings: ofEach(movies, ({ id }) =>
      ratings
        .filter(({ movie_id }) => movie_id === id)
        .map(({ user_id, score, comment }) => ({ userId: user_id, score: score / 100, comment })),
    ),
    watchlists: ofEach(users, ({ id }) =>
      items
        .filter(({ user_id }) => user_id === id)
        .map(({ movie_id, watched }) => ({ movieId: movie_id, watched: Boolean(watched) })),
    ),
    playlists: await readPlaylists(db, users),
    libraries: ofEach(users, ({ id }) =>
      libraries.filter(({ user_id }) => user_id === id).map(({ song_id }) => song_id),
    ),
    songs: await db.selectFrom('songs').select(['id', 'title', 'artist']).orderBy('id').execute(),
    users: users.map(({ id, name, email }) => ({ id, name, email })),
    active: ofEach(users, ({ active }) => Boolean(active)),
    titles: ofEach(movies, ({ title }) => title),
    movieLensTitles: Object.fromEntries(
      movies.flatMap(({ movie_lens_id, movie_lens_title }) =>
        movie_lens_id === null ? [] : [[movie_lens_id, movie_lens_title ?? '']],
      ),
    ),
  };
}

/** What is in everyone's default playlist, newest first; nothing where there is none yet. */
async function readPlaylists(
  db: Kysely<Tables>,
  users: readonly { readonly id: number }[],
): Promise<Facets['playlists']> {
  const entries = await db
    .selectFrom('playlist_entries')
    .innerJoin('playlists', 'playlists.id', 'playlist_entries.playlist_id')
    .select(['playlists.default_of as userId', 'playlist_entries.movie_id as movieId'])
    .orderBy('playlist_entries.added_at', 'desc')
    .orderBy('playlist_entries.id', 'desc')
    .execute();
  const of = (id: number) => entries.filter(({ userId }) => userId === id).map(({ movieId }) => movieId);
  return Object.fromEntries(users.map(({ id }) => [id, of(id)]));
}
