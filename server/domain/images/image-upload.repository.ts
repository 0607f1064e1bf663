import type { Database } from '../../database/database.js';
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

/** Uploads that were announced and are not confirmed. */
export class ImageUploadRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws NotFoundError (movie) when it is for the poster of a film that does not exist */
  async create(upload: ImageUploadRow, tokenHash: string): Promise<void> {
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
      await this.#database.transaction(async ({ sql, audit }) => {
        await sql.insertInto('image_uploads').values(row).execute();
        const { userId, movieId, contentType, bytes } = upload;
        await audit({ action: 'imageUpload.create', subjectId: null, after: { userId, movieId, contentType, bytes } });
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

  /** When someone's uploads expire, the earliest first. */
  async listExpiries(userId: number): Promise<number[]> {
    const query = this.#database.sql.selectFrom('image_uploads').select('expires_at').where('user_id', '=', userId);
    return (await query.orderBy('expires_at').execute()).map((row) => Number(row.expires_at));
  }

  async listExpired(limit: number): Promise<ImageUploadRow[]> {
    return this.#select().where('expires_at', '<=', Date.now()).orderBy('expires_at').limit(limit).execute();
  }

  async remove(key: string): Promise<void> {
    const removal = this.#database.sql.deleteFrom('image_uploads').where('object_key', '=', key);
    await this.#database.retrying(() => removal.execute());
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
        const person = sql.selectFrom('users').select('profile_image_key as key').where('id', '=', userId);
        const before = await person.executeTakeFirstOrThrow();
        await sql.updateTable('users').set({ profile_image_key: key }).where('id', '=', userId).execute();
        await audit({ action: 'user.setImage', subjectId: userId });
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
    return this.#database.sql.selectFrom('image_uploads').select(columns).$castTo<ImageUploadRow>();
  }
}
