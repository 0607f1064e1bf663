import type { Kysely } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { prepare } from '../../database/statement.js';
import { presentUser, userColumns } from '../users/user.repository.js';
import type { UserRow } from '../users/user.types.js';
import { createApiKey, hashApiKey, prefixOf } from './api-key.secret.js';
import type { ApiKeyRow, NewApiKey } from './api-key.types.js';

const columns = [
  'id',
  'user_id as userId',
  'name',
  'prefix',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const;

/** Who a key stands for. */
export interface ApiKeyOwner {
  readonly keyId: number;
  readonly user: UserRow;
}

const ownerByHash = prepare<{ hash: string }, UserRow & { keyId: number }>((db, { hash }) =>
  db
    .selectFrom('api_keys')
    .innerJoin('users', 'users.id', 'api_keys.user_id')
    .select(userColumns)
    .select('api_keys.id as keyId')
    .where('api_keys.hash', '=', hash)
    .where('api_keys.revoked_at', 'is', null)
    .$castTo<UserRow & { keyId: number }>(),
);

/** API keys, as long as they are not revoked. Hashes stay in here. */
export class ApiKeyRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findOwner(secret: string): Promise<ApiKeyOwner | undefined> {
    const row = await this.#database.first(ownerByHash, { hash: hashApiKey(secret) });
    if (!row) return undefined;
    const { keyId, ...user } = row;
    return { keyId, user: presentUser(user) };
  }

  async listByUser(userId: number): Promise<ApiKeyRow[]> {
    return this.#select().where('user_id', '=', userId).orderBy('id').execute();
  }

  async create(userId: number, name: string): Promise<NewApiKey> {
    return this.#database.transaction(async ({ sql, audit }) => {
      const created = await insert(sql, userId, name);
      await audit({ action: 'apiKey.create', subjectId: created.apiKey.id, after: { userId, name } });
      return created;
    });
  }

  /** Revokes a key and makes another of the same name, both or neither; undefined when the owner has no such key. */
  async rotate(userId: number, id: number): Promise<NewApiKey | undefined> {
    return this.#database.transaction(async ({ sql, audit }) => {
      if (!(await revoke(sql, userId, id))) return undefined;
      const { name } = await sql.selectFrom('api_keys').select('name').where('id', '=', id).executeTakeFirstOrThrow();
      const created = await insert(sql, userId, name);
      await audit({ action: 'apiKey.rotate', subjectId: id, after: { id: created.apiKey.id, name } });
      return created;
    });
  }

  /** Whether the owner had such a key to revoke. */
  async revoke(userId: number, id: number): Promise<boolean> {
    return this.#database.transaction(async ({ sql, audit }) => {
      const revoked = await revoke(sql, userId, id);
      if (revoked) await audit({ action: 'apiKey.revoke', subjectId: id });
      return revoked;
    });
  }

  /** Notes when keys were used last. */
  async touch(uses: ReadonlyMap<number, number>): Promise<void> {
    for (const [id, usedAt] of uses) {
      const update = this.#database.sql.updateTable('api_keys').set({ last_used_at: usedAt }).where('id', '=', id);
      await this.#database.retrying(() => update.execute());
    }
  }

  #select() {
    return this.#database.sql
      .selectFrom('api_keys')
      .select(columns)
      .where('revoked_at', 'is', null)
      .$castTo<ApiKeyRow>();
  }
}

async function insert(sql: Kysely<Tables>, userId: number, name: string): Promise<NewApiKey> {
  const secret = createApiKey();
  const row = { name, prefix: prefixOf(secret) };
  const createdAt = Date.now();
  const { insertId } = await sql
    .insertInto('api_keys')
    .values({ ...row, user_id: userId, hash: hashApiKey(secret), created_at: createdAt })
    .executeTakeFirstOrThrow();
  return { secret, apiKey: { ...row, id: Number(insertId), userId, createdAt, lastUsedAt: null } };
}

async function revoke(sql: Kysely<Tables>, userId: number, id: number): Promise<boolean> {
  const { numUpdatedRows } = await sql
    .updateTable('api_keys')
    .set({ revoked_at: Date.now() })
    .where('id', '=', id)
    .where('user_id', '=', userId)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
