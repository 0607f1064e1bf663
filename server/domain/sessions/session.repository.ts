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
    await this.#database.transaction(async ({ sql, audit }) => {
      await sql.deleteFrom('sessions').where('user_id', '=', userId).where('expires_at', '<', createdAt).execute();
      const row = { id, user_id: userId, created_at: createdAt, expires_at: expiresAt };
      await sql.insertInto('sessions').values(row).execute();
      await audit({ action: 'user.login', subjectId: userId });
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
    return this.#database.transaction(async ({ sql, audit }) => {
      const session = await sql.selectFrom('sessions').select('user_id').where('id', '=', id).executeTakeFirst();
      const { numDeletedRows } = await sql.deleteFrom('sessions').where('id', '=', id).executeTakeFirstOrThrow();
      if (!session || numDeletedRows === 0n) return false;
      await audit({ action: 'user.logout', subjectId: session.user_id });
      return true;
    });
  }

  /** Ends every session of someone but one, as a changed password must. */
  async deleteOthers(userId: number, keptId: string | undefined): Promise<void> {
    await this.#database.transaction(async ({ sql, audit }) => {
      const all = sql.deleteFrom('sessions').where('user_id', '=', userId);
      const { numDeletedRows } = await (keptId ? all.where('id', '!=', keptId) : all).executeTakeFirstOrThrow();
      if (numDeletedRows > 0n)
        await audit({ action: 'user.logoutElsewhere', subjectId: userId, after: { sessions: Number(numDeletedRows) } });
    });
  }
}
