import { type Kysely, sql } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { keysetSql } from '../../database/keyset.js';
import { ConflictError, NotFoundError } from '../errors.js';
import { listedColumns } from '../movies/movie.repository.js';
import { type KeysetPage, type KeysetRequest, toKeysetPage } from '../page.js';
import { lockPlaylist } from './playlist.repository.js';
import type {
  ListedEntryRow,
  PlaylistAddition,
  PlaylistEntryOrderField,
  PlaylistEntryRow,
  PlaylistMove,
} from './playlist.types.js';

const columns = [
  'playlist_entries.id',
  'playlist_entries.playlist_id as playlistId',
  'playlist_entries.movie_id as movieId',
  'playlist_entries.position',
  'playlist_entries.added_at as addedAt',
] as const;

const orderColumns = {
  POSITION: 'playlist_entries.position',
  ADDED_AT: 'playlist_entries.added_at',
} satisfies Record<PlaylistEntryOrderField, string>;

/**
 * What is in playlists. Every write takes the playlist's row first, so that writers of one list queue up, and what is
 * read under that lock cannot change before the transaction ends.
 */
export class PlaylistEntryRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: number): Promise<PlaylistEntryRow | undefined> {
    return selectEntries(this.#database.sql).where('playlist_entries.id', '=', id).executeTakeFirst();
  }

  /** The same page of many playlists, in one statement. */
  async list(
    playlistIds: readonly number[],
    request: KeysetRequest<PlaylistEntryOrderField>,
  ): Promise<KeysetPage<PlaylistEntryRow>[]> {
    const page = keysetSql(request, orderColumns[request.order.field], 'playlist_entries.id');
    // One limited index range for each list: a window function would read every entry of every list.
    const parts = playlistIds.map((playlistId) => {
      const query = selectEntries(this.#database.sql).where('playlist_entries.playlist_id', '=', playlistId);
      const part = (page.where ? query.where(page.where) : query).orderBy(page.orderBy).limit(page.limit);
      return sql<PlaylistEntryRow>`select * from (${part}) as part`;
    });
    const { rows } = await sql<PlaylistEntryRow>`${sql.join(parts, sql` union all `)}`.execute(this.#database.sql);
    const byPlaylist = Map.groupBy(rows, ({ playlistId }) => playlistId);
    return playlistIds.map((id) => toKeysetPage(byPlaylist.get(id) ?? [], request.first));
  }

  /** How many films each of many playlists has. */
  async count(playlistIds: readonly number[]): Promise<number[]> {
    const rows = await this.#database.sql
      .selectFrom('playlist_entries')
      .select((eb) => ['playlist_id as playlistId', eb.fn.countAll<number>().as('total')])
      .where('playlist_id', 'in', playlistIds)
      .groupBy('playlist_id')
      .execute();
    const totals = new Map(rows.map(({ playlistId, total }) => [playlistId, Number(total)]));
    return playlistIds.map((id) => totals.get(id) ?? 0);
  }

  /** A whole playlist with its films, the newest first, for the contract that has no pages. */
  async listAll(playlistId: number): Promise<ListedEntryRow[]> {
    return this.#database.sql
      .selectFrom('playlist_entries')
      .innerJoin('movies', 'movies.id', 'playlist_entries.movie_id')
      .select([...listedColumns, 'playlist_entries.added_at as addedAt'])
      .where('playlist_entries.playlist_id', '=', playlistId)
      .orderBy('playlist_entries.added_at', 'desc')
      .orderBy('playlist_entries.id', 'desc')
      .$castTo<ListedEntryRow>()
      .execute();
  }

  /** @throws NotFoundError (movie), ConflictError (movieNotAvailable) */
  async checkAddable(movieId: number): Promise<void> {
    return checkAddable(this.#database.sql, movieId);
  }

  /** Adds a film at the end. @throws NotFoundError (playlist, movie), ConflictError (movieNotAvailable) */
  async add(playlistId: number, movieId: number): Promise<PlaylistAddition> {
    return this.#database.transaction(async ({ sql: db, audit }) => {
      await lockPlaylist(db, playlistId);
      await checkAddable(db, movieId);
      const present = await findEntry(db, playlistId, movieId);
      if (present) return { outcome: 'alreadyPresent', entry: present };
      const position = (await lastPosition(db, playlistId)) + 1;
      const addedAt = Date.now();
      const row = { playlist_id: playlistId, movie_id: movieId, position, added_at: addedAt };
      const id = Number((await db.insertInto('playlist_entries').values(row).executeTakeFirstOrThrow()).insertId);
      await audit({ action: 'playlistEntry.create', subjectId: id, after: { playlistId, movieId } });
      return { outcome: 'added', entry: { id, playlistId, movieId, position, addedAt } };
    });
  }

  /** Whether the film was in the playlist to be removed. */
  async remove(playlistId: number, movieId: number): Promise<boolean> {
    return this.#database.transaction(async ({ sql: db, audit }) => {
      const entry = await findEntry(db, playlistId, movieId);
      if (!entry) return false;
      const { numDeletedRows } = await db
        .deleteFrom('playlist_entries')
        .where('id', '=', entry.id)
        .executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) return false;
      await audit({ action: 'playlistEntry.delete', subjectId: entry.id, before: { playlistId, movieId } });
      return true;
    });
  }

  /** Puts a film elsewhere in its playlist. @throws NotFoundError (playlist, playlistEntry) */
  async move(playlistId: number, { movieId, afterMovieId }: PlaylistMove): Promise<PlaylistEntryRow> {
    return this.#database.transaction(async ({ sql: db, audit }) => {
      await lockPlaylist(db, playlistId);
      const entry = await getEntry(db, playlistId, movieId);
      if (afterMovieId === movieId) return entry;
      const before = afterMovieId === null ? -1 : (await getEntry(db, playlistId, afterMovieId)).position;
      // Whatever stands behind that place moves on by one: numbers have gaps, and only their order counts.
      await db
        .updateTable('playlist_entries')
        .set((eb) => ({ position: eb('position', '+', 1) }))
        .where('playlist_id', '=', playlistId)
        .where('position', '>', before)
        .execute();
      const position = before + 1;
      await db.updateTable('playlist_entries').set({ position }).where('id', '=', entry.id).execute();
      const positions = { before: { position: entry.position }, after: { position } };
      await audit({ action: 'playlistEntry.move', subjectId: entry.id, ...positions });
      return { ...entry, position };
    });
  }
}

function selectEntries(db: Kysely<Tables>) {
  return db.selectFrom('playlist_entries').select(columns).$castTo<PlaylistEntryRow>();
}

async function findEntry(db: Kysely<Tables>, playlistId: number, movieId: number) {
  const query = selectEntries(db).where('playlist_entries.playlist_id', '=', playlistId);
  return query.where('playlist_entries.movie_id', '=', movieId).executeTakeFirst();
}

async function getEntry(db: Kysely<Tables>, playlistId: number, movieId: number): Promise<PlaylistEntryRow> {
  const entry = await findEntry(db, playlistId, movieId);
  if (!entry) throw new NotFoundError('playlistEntry');
  return entry;
}

async function lastPosition(db: Kysely<Tables>, playlistId: number): Promise<number> {
  const query = db.selectFrom('playlist_entries').select((eb) => eb.fn.max('position').as('last'));
  return (await query.where('playlist_id', '=', playlistId).executeTakeFirst())?.last ?? 0;
}

async function checkAddable(db: Kysely<Tables>, movieId: number): Promise<void> {
  const movie = await db.selectFrom('movies').select('status').where('id', '=', movieId).executeTakeFirst();
  if (!movie) throw new NotFoundError('movie');
  if (movie.status !== 'available') throw new ConflictError('movieNotAvailable');
}
