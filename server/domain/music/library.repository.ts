import { sql } from 'kysely';
import type { Database, Transaction } from '../../database/database.js';
import { isDuplicate, isMissingParent } from '../../database/faults.js';
import { keysetSql } from '../../database/keyset.js';
import { NotFoundError } from '../errors.js';
import { type KeysetPage, type KeysetRequest, toKeysetPage } from '../page.js';
import type { LibraryAddition, LibraryEntryRow, LibraryOrderField } from './library.types.js';

const columns = [
  'library_entries.id',
  'library_entries.user_id as userId',
  'library_entries.song_id as songId',
  'library_entries.created_at as createdAt',
] as const;

const orderColumns = {
  ID: null,
  CREATED_AT: 'library_entries.created_at',
} satisfies Record<LibraryOrderField, string | null>;

/** Libraries of songs, read as plain rows. */
export class LibraryRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: number): Promise<LibraryEntryRow | undefined> {
    return this.#select().where('library_entries.id', '=', id).executeTakeFirst();
  }

  /** The same page of the libraries of many users, in one statement. */
  async listByUsers(
    userIds: readonly number[],
    request: KeysetRequest<LibraryOrderField>,
  ): Promise<KeysetPage<LibraryEntryRow>[]> {
    const page = keysetSql(request, orderColumns[request.order.field], 'library_entries.id');
    const parts = userIds.map((userId) => {
      const query = this.#select().where('library_entries.user_id', '=', userId);
      const part = (page.where ? query.where(page.where) : query).orderBy(page.orderBy).limit(page.limit);
      return sql<LibraryEntryRow>`select * from (${part}) as part`;
    });
    const { rows } = await sql<LibraryEntryRow>`${sql.join(parts, sql` union all `)}`.execute(this.#database.sql);
    const byUser = Map.groupBy(rows, ({ userId }) => userId);
    return userIds.map((userId) => toKeysetPage(byUser.get(userId) ?? [], request.first));
  }

  /** Costs as much as one user's library is long. */
  async count(userId: number): Promise<number> {
    const query = this.#database.sql.selectFrom('library_entries').select((eb) => eb.fn.countAll<number>().as('total'));
    return Number((await query.where('user_id', '=', userId).executeTakeFirstOrThrow()).total);
  }

  /** Adds a song to a user's library; the unique index decides whether it was there. @throws NotFoundError (song) */
  async add(userId: number, songId: number): Promise<LibraryAddition> {
    const outcome = await this.#database.transaction((transaction) => insert(transaction, userId, songId));
    const entry = await this.#ofSong(userId, songId).executeTakeFirst();
    // The entry can be gone again only when someone removed it within the same instant: then adding it again is right.
    return entry ? { outcome, entry } : this.add(userId, songId);
  }

  /** Whether there was such an entry to remove. */
  async remove(userId: number, songId: number): Promise<boolean> {
    return this.#database.transaction(async ({ sql: db, audit }) => {
      const query = db.selectFrom('library_entries').select('id').where('user_id', '=', userId);
      const entry = await query.where('song_id', '=', songId).executeTakeFirst();
      if (!entry) return false;
      const removal = db.deleteFrom('library_entries').where('id', '=', entry.id);
      if ((await removal.executeTakeFirstOrThrow()).numDeletedRows === 0n) return false;
      await audit({ action: 'libraryEntry.delete', subjectId: entry.id, before: { userId, songId } });
      return true;
    });
  }

  #ofSong(userId: number, songId: number) {
    return this.#select().where('library_entries.user_id', '=', userId).where('library_entries.song_id', '=', songId);
  }

  #select() {
    return this.#database.sql.selectFrom('library_entries').select(columns).$castTo<LibraryEntryRow>();
  }
}

async function insert(
  { sql: db, audit }: Transaction,
  userId: number,
  songId: number,
): Promise<LibraryAddition['outcome']> {
  const row = { user_id: userId, song_id: songId, created_at: Date.now() };
  try {
    const { insertId } = await db.insertInto('library_entries').values(row).executeTakeFirstOrThrow();
    await audit({ action: 'libraryEntry.create', subjectId: Number(insertId), after: { userId, songId } });
    return 'added';
  } catch (error) {
    if (isMissingParent(error)) throw new NotFoundError('song');
    if (isDuplicate(error)) return 'alreadyPresent';
    throw error;
  }
}
