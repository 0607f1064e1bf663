import type { Kysely } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import { ConflictError } from '../errors.js';
import type { NewUser, UserChange, UserIdentity, UserRow } from './user.types.js';

const columns = ['id', 'username', 'name', 'email', 'active', 'role', 'created_at as createdAt'] as const;

/** A person and the hash of their password, for whoever verifies it. */
export interface UserWithPassword {
  readonly user: UserRow;
  readonly passwordHash: string | null;
}

/** People. */
export class UserRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findByIds(ids: readonly number[]): Promise<UserRow[]> {
    return (await this.#select().where('id', 'in', ids).execute()).map(present);
  }

  async findWithPassword(
    by: { readonly email: string } | { readonly id: number },
  ): Promise<UserWithPassword | undefined> {
    const query = this.#database.sql.selectFrom('users').select([...columns, 'password_hash as passwordHash']);
    const filtered =
      'id' in by ? query.where('id', '=', by.id) : query.where('email_normalized', '=', normalizeEmail(by.email));
    const row = await filtered.$castTo<UserRow & { passwordHash: string | null }>().executeTakeFirst();
    if (!row) return undefined;
    const { passwordHash, ...user } = row;
    return { user: present(user), passwordHash };
  }

  /** @throws ConflictError (usernameTaken, emailTaken); the unique indexes decide */
  async create({ username = null, name, email = null, passwordHash = null }: NewUser): Promise<UserRow> {
    const createdAt = Date.now();
    const row = {
      username,
      name,
      email,
      email_normalized: email && normalizeEmail(email),
      password_hash: passwordHash,
    };
    const insert = this.#database.sql.insertInto('users').values({ ...row, created_at: createdAt });
    const insertId = await this.#deciding(username, async () => (await insert.executeTakeFirstOrThrow()).insertId);
    return { id: Number(insertId), username, name, email, active: true, role: 'user', createdAt };
  }

  /** Undefined leaves a value as it is, null clears it. @throws ConflictError (usernameTaken, emailTaken) */
  async update(id: number, { email, passwordHash, ...plain }: UserChange): Promise<UserRow> {
    const change = {
      ...plain,
      ...(email !== undefined && { email, email_normalized: email && normalizeEmail(email) }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
    };
    if (Object.values(change).some((value) => value !== undefined)) {
      const update = this.#database.sql.updateTable('users').set(change).where('id', '=', id);
      await this.#deciding(plain.username, () => update.execute());
    }
    return present(await this.#select().where('id', '=', id).executeTakeFirstOrThrow());
  }

  /** The person whom an issuer knows by this subject, made at their first visit; the unique index decides a race. */
  async findOrCreateByIdentity({ issuer, subject, name }: UserIdentity): Promise<UserRow> {
    const find = () => this.#select().where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
    const known = await find();
    if (known) return present(known);
    const row = { name, issuer, subject, created_at: Date.now() };
    try {
      await this.#database.retrying(() => this.#database.sql.insertInto('users').values(row).execute());
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const created = await find();
    if (!created) throw new Error('A person made a moment ago is gone.');
    return present(created);
  }

  async #deciding<T>(username: string | null | undefined, write: () => Promise<T>): Promise<T> {
    try {
      return await this.#database.retrying(write);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new ConflictError((await isUsernameTaken(this.#database.sql, username)) ? 'usernameTaken' : 'emailTaken');
    }
  }

  #select() {
    return this.#database.sql.selectFrom('users').select(columns).$castTo<UserRow>();
  }
}

async function isUsernameTaken(sql: Kysely<Tables>, username: string | null | undefined): Promise<boolean> {
  if (username == null) return false;
  return (await sql.selectFrom('users').select('id').where('username', '=', username).executeTakeFirst()) !== undefined;
}

/** How two spellings of one address are recognised. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

function present(row: UserRow): UserRow {
  return { ...row, active: Boolean(row.active) };
}
