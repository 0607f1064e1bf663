import type { Database } from '../../database/database.js';

/** Which rows point at which images. */
export class ImageRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Those of the keys that some row points at. */
  async findReferenced(keys: readonly string[]): Promise<ReadonlySet<string>> {
    if (keys.length === 0) return new Set();
    const { sql } = this.#database;
    const people = await sql
      .selectFrom('users')
      .select('profile_image_key as key')
      .where('profile_image_key', 'in', keys)
      .execute();
    const films = await sql.selectFrom('movies').select('poster_key as key').where('poster_key', 'in', keys).execute();
    return new Set([...people, ...films].flatMap(({ key }) => key ?? []));
  }
}
