import { randomBytes } from 'node:crypto';
import type { Database } from '../../database/database.js';
import type { SessionOwner } from './session.types.js';

/** Sessions that were begun and not ended. */
export class SessionRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @returns the new session's id, 128 random bits in hex */
  async create(userId: number, expiresAt: number): Promise<string> {
    const id = randomBytes(16).toString('hex');
    const createdAt = Date.now();
    const { sql } = this.#database;
    await this.#database.retrying(async () => {
      await sql.deleteFrom('sessions').where('user_id', '=', userId).where('expires_at', '<', createdAt).execute();
      const row = { id, user_id: userId, created_at: createdAt, expires_at: expiresAt };
      await sql.insertInto('sessions').values(row).execute();
    });
    return id;
  }

  async findOwner(id: string): Promise<SessionOwner | undefined> {
    const row = await this.#database.sql
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .select(['users.id as userId', 'users.role', 'users.active'])
      .where('sessions.id', '=', id)
      .where('sessions.expires_at', '>', Date.now())
      .$castTo<SessionOwner>()
      .executeTakeFirst();
    return row && { ...row, active: Boolean(row.active) };
  }

  /** Whether there was such a session to end. */
  async delete(id: string): Promise<boolean> {
    const removal = this.#database.sql.deleteFrom('sessions').where('id', '=', id);
    const { numDeletedRows } = await this.#database.retrying(() => removal.executeTakeFirstOrThrow());
    return numDeletedRows > 0n;
  }

  /** Ends every session of someone but one, as a changed password must. */
  async deleteOthers(userId: number, keptId: string | undefined): Promise<void> {
    const removal = this.#database.sql.deleteFrom('sessions').where('user_id', '=', userId);
    await this.#database.retrying(() => (keptId ? removal.where('id', '!=', keptId) : removal).execute());
  }
}
