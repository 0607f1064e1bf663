import type { Database } from '../../database/database.js';
import { keysetSql } from '../../database/keyset.js';
import { addToCatalogCount, readCatalogCount } from '../movies/catalog-count.repository.js';
import { type KeysetPage, type KeysetRequest, type OffsetPage, type OffsetRequest, toKeysetPage } from '../page.js';
import type { NewSong, SongOrderField, SongRow } from './song.types.js';
import { songKeys } from './song-keys.js';

const columns = [
  'songs.id',
  'songs.title',
  'songs.artist',
  'songs.title_key as titleKey',
  'songs.artist_key as artistKey',
  'songs.created_at as createdAt',
] as const;

const orderColumns = {
  ID: null,
  TITLE: 'songs.title_key',
  ARTIST: 'songs.artist_key',
} satisfies Record<SongOrderField, string | null>;

/** Songs, read as plain rows. */
export class SongRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findByIds(ids: readonly number[]): Promise<SongRow[]> {
    return this.#select().where('songs.id', 'in', ids).execute();
  }

  async list(request: KeysetRequest<SongOrderField>): Promise<KeysetPage<SongRow>> {
    const page = keysetSql(request, orderColumns[request.order.field], 'songs.id');
    const query = page.where ? this.#select().where(page.where) : this.#select();
    return toKeysetPage(await query.orderBy(page.orderBy).limit(page.limit).execute(), request.first);
  }

  /** All songs by id; a page of them when one is asked for. The total comes from a maintained count. */
  async listByOffset(page?: OffsetRequest): Promise<OffsetPage<SongRow>> {
    const query = this.#select().orderBy('songs.id');
    if (!page) {
      const rows = await query.execute();
      return { rows, total: rows.length };
    }
    const total = await this.count();
    if (page.offset >= total) return { rows: [], total };
    return { rows: await query.limit(page.limit).offset(page.offset).execute(), total };
  }

  /** The songs of someone's library, in the order in which they were added. */
  async listByLibrary(userId: number): Promise<SongRow[]> {
    return this.#select()
      .innerJoin('library_entries', 'library_entries.song_id', 'songs.id')
      .where('library_entries.user_id', '=', userId)
      .orderBy('library_entries.id')
      .execute();
  }

  count(): Promise<number> {
    return readCatalogCount(this.#database.sql, 'songs');
  }

  /** Adds a song, and counts it. */
  async create({ title, artist }: NewSong): Promise<SongRow> {
    const createdAt = Date.now();
    const { titleKey, artistKey } = songKeys({ title, artist });
    const row = { title, artist, title_key: titleKey, artist_key: artistKey, created_at: createdAt };
    const id = await this.#database.transaction(async ({ sql, audit }) => {
      await addToCatalogCount(sql, 'songs', 1);
      const insertId = Number((await sql.insertInto('songs').values(row).executeTakeFirstOrThrow()).insertId);
      await audit({ action: 'song.create', subjectId: insertId, after: { title, artist } });
      return insertId;
    });
    return { id, title, artist, titleKey, artistKey, createdAt };
  }

  #select() {
    return this.#database.sql.selectFrom('songs').select(columns).$castTo<SongRow>();
  }
}
