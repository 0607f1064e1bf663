import type { Kysely } from 'kysely';
import type { Database, Tables, Transaction } from '../../database/database.js';
import { isDuplicate, isMissingParent } from '../../database/faults.js';
import { keysetSql } from '../../database/keyset.js';
import { ConflictError, NotFoundError } from '../errors.js';
import { type KeysetPage, type KeysetRequest, toKeysetPage } from '../page.js';
import type { PlaylistOrderField, PlaylistRow } from './playlist.types.js';

const columns = ['id', 'user_id as userId', 'name', 'default_of as defaultOf', 'created_at as createdAt'] as const;

type StoredRow = Omit<PlaylistRow, 'isDefault'> & { readonly defaultOf: number | null };

/** Playlists without what is in them. */
export class PlaylistRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findByIds(ids: readonly number[]): Promise<PlaylistRow[]> {
    return (await this.#select().where('id', 'in', ids).execute()).map(present);
  }

  /** Someone's default list; undefined for those who never needed it. */
  async findDefault(userId: number): Promise<PlaylistRow | undefined> {
    const row = await this.#select().where('default_of', '=', userId).executeTakeFirst();
    return row && present(row);
  }

  /** Someone's default list, made when it is first needed; the unique index lets them have one. @throws NotFoundError (user) */
  async findOrCreateDefault(userId: number, name: string): Promise<PlaylistRow> {
    for (let attempt = 1; ; attempt++) {
      const known = await this.findDefault(userId);
      if (known) return known;
      // They may have given the name to another list of theirs.
      await this.#insertDefault(userId, attempt === 1 ? name : `${name} (${attempt})`);
    }
  }

  async list(userId: number, request: KeysetRequest<PlaylistOrderField>): Promise<KeysetPage<PlaylistRow>> {
    const page = keysetSql(request, null, 'id');
    const query = this.#select().where('user_id', '=', userId);
    const filtered = page.where ? query.where(page.where) : query;
    return toKeysetPage((await filtered.orderBy(page.orderBy).limit(page.limit).execute()).map(present), request.first);
  }

  /** Costs as much as one person has lists. */
  async count(userId: number): Promise<number> {
    const query = this.#database.sql.selectFrom('playlists').select((eb) => eb.fn.countAll<number>().as('total'));
    return Number((await query.where('user_id', '=', userId).executeTakeFirstOrThrow()).total);
  }

  /** @throws ConflictError (playlistNameTaken); the unique index decides */
  async create(userId: number, name: string): Promise<PlaylistRow> {
    const createdAt = Date.now();
    const row = { user_id: userId, name, created_at: createdAt };
    const id = await this.#deciding((transaction) => insert(transaction, row));
    return { id, userId, name, isDefault: false, createdAt };
  }

  /** The playlist as it is now. @throws NotFoundError (playlist) when it is gone, ConflictError (playlistNameTaken) */
  async rename(id: number, name: string): Promise<PlaylistRow | undefined> {
    await this.#deciding(async ({ sql, audit }) => {
      await lockPlaylist(sql, id);
      const before = await sql.selectFrom('playlists').select('name').where('id', '=', id).executeTakeFirstOrThrow();
      if (before.name === name) return;
      await sql.updateTable('playlists').set({ name }).where('id', '=', id).execute();
      await audit({ action: 'playlist.update', subjectId: id, before, after: { name } });
    });
    return (await this.findByIds([id]))[0];
  }

  /** Deletes a list with what is in it. @returns whether it was there */
  async delete(id: number): Promise<boolean> {
    return this.#database.transaction(async ({ sql, audit }) => {
      const list = await sql
        .selectFrom('playlists')
        .select(['user_id', 'name'])
        .where('id', '=', id)
        .executeTakeFirst();
      // The entries go by their foreign key: whoever adds one at this moment waits for the list, and finds it gone.
      const removal = sql.deleteFrom('playlists').where('id', '=', id).where('default_of', 'is', null);
      const { numDeletedRows } = await removal.executeTakeFirstOrThrow();
      if (!list || numDeletedRows === 0n) return false;
      await audit({ action: 'playlist.delete', subjectId: id, before: { userId: list.user_id, name: list.name } });
      return true;
    });
  }

  async #insertDefault(userId: number, name: string): Promise<void> {
    const row = { user_id: userId, name, default_of: userId, created_at: Date.now() };
    try {
      await this.#database.transaction((transaction) => insert(transaction, row));
    } catch (error) {
      if (isMissingParent(error)) throw new NotFoundError('user');
      if (!isDuplicate(error)) throw error;
    }
  }

  async #deciding<T>(write: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.#database.transaction(write);
    } catch (error) {
      throw isDuplicate(error) ? new ConflictError('playlistNameTaken') : error;
    }
  }

  #select() {
    return this.#database.sql.selectFrom('playlists').select(columns).$castTo<StoredRow>();
  }
}

interface NewRow {
  readonly user_id: number;
  readonly name: string;
  readonly default_of?: number;
  readonly created_at: number;
}

async function insert({ sql, audit }: Transaction, row: NewRow): Promise<number> {
  const id = Number((await sql.insertInto('playlists').values(row).executeTakeFirstOrThrow()).insertId);
  await audit({ action: 'playlist.create', subjectId: id, after: { userId: row.user_id, name: row.name } });
  return id;
}

/** Takes a playlist's row for the rest of the transaction. @throws NotFoundError (playlist) when it is gone */
export async function lockPlaylist(db: Kysely<Tables>, id: number): Promise<void> {
  // An update that changes nothing locks alike on every engine, where SELECT ... FOR UPDATE is not SQLite's.
  const lock = db.updateTable('playlists').set((eb) => ({ name: eb.ref('name') }));
  const { numUpdatedRows } = await lock.where('id', '=', id).executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new NotFoundError('playlist');
}

function present({ defaultOf, ...row }: StoredRow): PlaylistRow {
  return { ...row, isDefault: defaultOf !== null };
}
