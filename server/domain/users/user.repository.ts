import type { Database } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import { ConflictError } from '../errors.js';
import { hashApiKey } from './api-key.js';
import type { NewUser, UserRow } from './user.types.js';

const columns = ['id', 'username', 'name', 'email', 'active', 'role', 'created_at as createdAt'] as const;

/** People. Their key hashes stay in here. */
export class UserRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findByIds(ids: readonly number[]): Promise<UserRow[]> {
    return (await this.#select().where('id', 'in', ids).execute()).map(present);
  }

  async findByApiKey(apiKey: string): Promise<UserRow | undefined> {
    const row = await this.#select().where('api_key_hash', '=', hashApiKey(apiKey)).executeTakeFirst();
    return row && present(row);
  }

  /** @throws ConflictError (usernameTaken, emailTaken); the unique indexes decide */
  async create({ username = null, name, email = null }: NewUser, apiKey: string): Promise<UserRow> {
    const createdAt = Date.now();
    const emailNormalized = email && normalizeEmail(email);
    const row = { username, name, email, email_normalized: emailNormalized, api_key_hash: hashApiKey(apiKey) };
    const insert = this.#database.sql.insertInto('users').values({ ...row, created_at: createdAt });
    try {
      const { insertId } = await this.#database.retrying(() => insert.executeTakeFirstOrThrow());
      return { id: Number(insertId), username, name, email, active: true, role: 'user', createdAt };
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new ConflictError((await this.#isUsernameTaken(username)) ? 'usernameTaken' : 'emailTaken');
    }
  }

  async #isUsernameTaken(username: string | null): Promise<boolean> {
    return (
      username !== null && (await this.#select().where('username', '=', username).executeTakeFirst()) !== undefined
    );
  }

  #select() {
    return this.#database.sql.selectFrom('users').select(columns).$castTo<UserRow>();
  }
}

/** How two spellings of one address are recognised. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

function present(row: UserRow): UserRow {
  return { ...row, active: Boolean(row.active) };
}
