import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CompiledQuery, sql } from 'kysely';
import { Database } from '../../server/database/database.js';
import { insertRows } from '../../server/database/rows.js';
import { migrate } from '../../server/database/schema.js';
import { AuditEntryRepository } from '../../server/domain/audit-log/audit-entry.repository.js';
import { movieTexts } from '../../server/domain/movies/movie-texts.js';
import { LibraryRepository } from '../../server/domain/music/library.repository.js';
import { SongRepository } from '../../server/domain/music/song.repository.js';
import { type Direction, encodeCursor } from '../../server/domain/page.js';
import { PlaylistRepository } from '../../server/domain/playlists/playlist.repository.js';
import { PlaylistEntryRepository } from '../../server/domain/playlists/playlist-entry.repository.js';
import { RatingRepository } from '../../server/domain/ratings/rating.repository.js';
import { UserRepository } from '../../server/domain/users/user.repository.js';
import { WatchlistRepository } from '../../server/domain/watchlists/watchlist.repository.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';

/** Enough that an engine has a reason to look into an index: of all, the first half is one person's. */
const rowCount = 2000;
const directions = ['asc', 'desc'] as const;

/** Every documented order and filter of a list: reads a page of it behind the 500th row. */
const lists = {
  "a film's ratings by id": (database, page) => new RatingRepository(database).listBy('movie_id', [1], page('ID', 500)),
  "a film's ratings by time": (database, page) =>
    new RatingRepository(database).listBy('movie_id', [1], page('CREATED_AT', 500)),
  "a person's ratings by id": (database, page) =>
    new RatingRepository(database).listBy('user_id', [1], page('ID', 500)),
  "a person's ratings by time": (database, page) =>
    new RatingRepository(database).listBy('user_id', [1], page('CREATED_AT', 500)),
  'a watchlist by id': (database, page) => new WatchlistRepository(database).list(1, {}, page('ID', 500)),
  'a watchlist by time': (database, page) => new WatchlistRepository(database).list(1, {}, page('CREATED_AT', 500)),
  'a watchlist of what was watched': (database, page) =>
    new WatchlistRepository(database).list(1, { watched: true }, page('ID', 500)),
  'a watchlist of what was watched by time': (database, page) =>
    new WatchlistRepository(database).list(1, { watched: true }, page('CREATED_AT', 500)),
  'a library by id': (database, page) => new LibraryRepository(database).listByUsers([1], page('ID', 500)),
  'a library by time': (database, page) => new LibraryRepository(database).listByUsers([1], page('CREATED_AT', 500)),
  'a playlist by position': (database, page) => new PlaylistEntryRepository(database).list([1], page('POSITION', 500)),
  'a playlist by time': (database, page) => new PlaylistEntryRepository(database).list([1], page('ADDED_AT', 500)),
  'playlists by id': (database, page) => new PlaylistRepository(database).list(1, page('ID', 500)),
  'songs by id': (database, page) => new SongRepository(database).list(page('ID', 500)),
  'songs by title': (database, page) => new SongRepository(database).list(page('TITLE', 'song 0500')),
  'songs by artist': (database, page) => new SongRepository(database).list(page('ARTIST', 'artist 0500')),
  'people by id': (database, page) => new UserRepository(database).list({}, page('ID', 500)),
  'changes by id': (database, page) => new AuditEntryRepository(database).list({}, page('ID', 500)),
  'changes of a person': (database, page) => new AuditEntryRepository(database).list({ userId: 1 }, page('ID', 500)),
  'changes of a thing': (database, page) =>
    new AuditEntryRepository(database).list({ subject: { type: 'movie', id: 1 } }, page('ID', 500)),
} satisfies Record<string, (database: Database, page: MakePage) => Promise<unknown>>;

type MakePage = <Field extends string>(
  field: Field,
  value: string | number,
) => { first: number; order: { field: Field; direction: Direction }; after: string };

const cases = Object.entries(lists).flatMap(([name, read]) =>
  directions.map((direction) => [name, direction, read] as const),
);

describeOnEveryEngine('a page of a list', (engine) => {
  let target: TestDatabase;
  let database: Database;
  let statements: CompiledQuery[] = [];

  beforeAll(async () => {
    target = await engine.createDatabase();
    database = await Database.open(target.config, ({ query }) => statements.push(query));
    await migrate(database);
    await storeLists();
  });
  afterAll(async () => {
    await database.close();
    await target.drop();
  });

  test.each(cases)('%s, %s, is read from an index in its order', async (_name, direction, read) => {
    statements = [];
    await read(database, (field, value) => {
      const order = { field, direction };
      return { first: 20, order, after: encodeCursor(order, { value, id: 500 }) };
    });
    const asked = [...statements];
    expect(asked).toHaveLength(1);
    for (const statement of asked) expect(await findDetours(statement)).toEqual([]);
  });

  /** The steps of a statement's plan that read all of a table, or sort what they read. */
  async function findDetours({ sql: text, parameters }: CompiledQuery): Promise<unknown[]> {
    const explain = engine.name === 'sqlite' ? 'explain query plan' : 'explain';
    const { rows } = await database.sql.executeQuery<Record<string, unknown>>(
      CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
    );
    expect(rows.length).toBeGreaterThan(0);
    return rows.filter((step) =>
      engine.name === 'sqlite'
        ? /^SCAN (?!part|page|\(|CONSTANT|\d)|TEMP B-TREE/.test(String(step['detail']))
        : isDetour(step),
    );
  }

  async function storeLists(): Promise<void> {
    const insert = (table: Parameters<typeof insertRows>[1]['table'], rows: readonly object[]) =>
      insertRows(database.sql, { table, columns: Object.keys(rows[0] ?? {}) }, rows.map(Object.values));
    const range = Array.from({ length: rowCount }, (_, index) => index + 1);
    const other = (id: number) => (id % 2 === 0 ? 1 : id);
    await insert(
      'users',
      range.map((id) => ({ id, name: `Person ${id}`, created_at: 0 })),
    );
    await insert(
      'movies',
      range.map((id) => ({ id, ...movieTexts({ title: `Film ${id}`, year: null, director: null }), created_at: 0 })),
    );
    const rate = (id: number, user: number, film: number) => {
      return { id, user_id: user, movie_id: film, score: 50, created_at: id, updated_at: id };
    };
    await insert('ratings', [
      ...range.map((id) => rate(id, other(id), id)),
      ...range.slice(1).map((id) => rate(id + rowCount, id, 1)),
    ]);
    const listed = range.map((id) => ({ id, user_id: other(id), movie_id: id, watched: Number(id % 4 === 0) }));
    await insert(
      'watchlist_items',
      listed.map((row) => ({ ...row, created_at: row.id })),
    );
    const pad = (id: number) => String(id).padStart(4, '0');
    await insert(
      'songs',
      range.map((id) => ({
        id,
        title: `Song ${pad(id)}`,
        artist: `Artist ${pad(id)}`,
        title_key: `song ${pad(id)}`,
        artist_key: `artist ${pad(id)}`,
        created_at: 0,
      })),
    );
    await insert(
      'library_entries',
      range.map((id) => ({ id, user_id: other(id), song_id: id, created_at: id })),
    );
    await insert(
      'playlists',
      range.map((id) => ({ id, user_id: other(id), name: `List ${id}`, created_at: 0 })),
    );
    await insert(
      'playlist_entries',
      range.map((id) => ({ id, playlist_id: other(id), movie_id: id, position: id, added_at: id })),
    );
    await insert(
      'audit_log',
      range.map((id) => ({
        actor_kind: 'user',
        actor_id: String(other(id)),
        door: 'test',
        created_at: id,
        action: 'movie.update',
        subject_type: 'movie',
        subject_id: other(id),
      })),
    );
    const tables =
      'users, movies, ratings, watchlist_items, songs, library_entries, playlists, playlist_entries, audit_log';
    await sql.raw(engine.name === 'sqlite' ? 'analyze' : `analyze table ${tables}`).execute(database.sql);
  }
});

/** Derived tables are the pages themselves. */
function isDetour(step: Record<string, unknown>): boolean {
  const derived = String(step['table']).startsWith('<');
  return !derived && (step['type'] === 'ALL' || /filesort/.test(String(step['Extra'])));
}
