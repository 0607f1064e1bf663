import type { Kysely } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { isMissingParent } from '../../database/faults.js';
import { NotFoundError } from '../errors.js';
import type { ImageUploadRow } from './image.types.js';

const columns = [
  'object_key as key',
  'user_id as userId',
  'movie_id as movieId',
  'content_type as contentType',
  'bytes',
  'expires_at as expiresAt',
] as const;

/** What an announcement is kept under. */
export interface UploadTerms {
  /** SHA-256, in hex, of the secret in the address that the image is sent to. */
  readonly tokenHash: string;
  /** How many of one person's may be kept at a time. */
  readonly maxOpen: number;
}

/** Uploads that were announced and are not confirmed. */
export class ImageUploadRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Keeps an announcement, unless so many of the same person's are kept already: however many come at once, each is
   * counted by the next.
   *
   * @returns undefined when it is kept; else when the first of those that are kept expires
   * @throws NotFoundError (movie) when it is for the poster of a film that does not exist
   */
  async create(upload: ImageUploadRow, { tokenHash, maxOpen }: UploadTerms): Promise<number | undefined> {
    const row = {
      object_key: upload.key,
      user_id: upload.userId,
      movie_id: upload.movieId,
      content_type: upload.contentType,
      bytes: upload.bytes,
      token_hash: tokenHash,
      expires_at: upload.expiresAt,
    };
    try {
      return await this.#database.transaction(async ({ sql, audit }) => {
        const { userId, movieId, contentType, bytes } = upload;
        const expiries = await lockExpiries(sql, userId);
        if (expiries.length >= maxOpen) return expiries[0];
        await sql.insertInto('image_uploads').values(row).execute();
        await audit({ action: 'imageUpload.create', subjectId: null, after: { userId, movieId, contentType, bytes } });
        return undefined;
      });
    } catch (error) {
      throw isMissingParent(error) ? new NotFoundError('movie') : error;
    }
  }

  /** One that has not expired. */
  async findByToken(tokenHash: string): Promise<ImageUploadRow | undefined> {
    return this.#select().where('token_hash', '=', tokenHash).where('expires_at', '>', Date.now()).executeTakeFirst();
  }

  /** One that has not expired. */
  async findByKey(key: string): Promise<ImageUploadRow | undefined> {
    return this.#select().where('object_key', '=', key).where('expires_at', '>', Date.now()).executeTakeFirst();
  }

  async listExpired(limit: number): Promise<ImageUploadRow[]> {
    return this.#select().where('expires_at', '<=', Date.now()).orderBy('expires_at').limit(limit).execute();
  }

  /** Forgets an announcement that expired, or whose image was refused. */
  async remove(key: string): Promise<void> {
    await this.#database.transaction(async ({ sql, audit }) => {
      const row = await select(sql).where('object_key', '=', key).executeTakeFirst();
      const removal = sql.deleteFrom('image_uploads').where('object_key', '=', key);
      const { numDeletedRows } = await removal.executeTakeFirstOrThrow();
      if (!row || numDeletedRows === 0n) return;
      const { userId, movieId, contentType, bytes } = row;
      await audit({ action: 'imageUpload.delete', subjectId: null, before: { userId, movieId, contentType, bytes } });
    });
  }

  /**
   * Makes the image what it was announced for, and forgets the announcement.
   *
   * @returns the key that was there before
   * @throws NotFoundError (image) when it was confirmed or expired meanwhile
   */
  async confirm({ key, userId, movieId }: ImageUploadRow): Promise<string | null> {
    return this.#database.transaction(async ({ sql, audit }) => {
      const removal = sql.deleteFrom('image_uploads').where('object_key', '=', key);
      const { numDeletedRows } = await removal.executeTakeFirstOrThrow();
      if (numDeletedRows === 0n) throw new NotFoundError('image');
      if (movieId === null) {
        await lockUser(sql, userId);
        const person = sql.selectFrom('users').select('profile_image_key as key').where('id', '=', userId);
        const before = await person.executeTakeFirstOrThrow();
        await sql.updateTable('users').set({ profile_image_key: key }).where('id', '=', userId).execute();
        await audit({ action: 'user.setImage', subjectId: userId, after: { profileImage: 'changed' } });
        return before.key ?? null;
      }
      const film = sql.selectFrom('movies').select('poster_key as key').where('id', '=', movieId);
      const before = await film.executeTakeFirstOrThrow();
      await sql.updateTable('movies').set({ poster_key: key }).where('id', '=', movieId).execute();
      await audit({
        action: 'movie.setPoster',
        subjectId: movieId,
        before: { poster: before.key },
        after: { poster: key },
      });
      return before.key ?? null;
    });
  }

  #select() {
    return select(this.#database.sql);
  }
}

function select(sql: Kysely<Tables>) {
  return sql.selectFrom('image_uploads').select(columns).$castTo<ImageUploadRow>();
}

/** When someone's open announcements expire, the earliest first; no other comes until the transaction ends. */
async function lockExpiries(sql: Kysely<Tables>, userId: number): Promise<number[]> {
  await lockUser(sql, userId);
  const query = sql.selectFrom('image_uploads').select('expires_at').where('user_id', '=', userId);
  const open = query.where('expires_at', '>', Date.now()).orderBy('expires_at');
  return (await open.execute()).map((row) => Number(row.expires_at));
}

async function lockUser(sql: Kysely<Tables>, userId: number): Promise<void> {
  // An update that changes nothing locks alike on every engine, where SELECT ... FOR UPDATE is not SQLite's.
  const lock = sql.updateTable('users').set((eb) => ({ name: eb.ref('name') }));
  await lock.where('id', '=', userId).execute();
}
