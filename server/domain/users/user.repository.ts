import type { Kysely } from 'kysely';
import type { Database, Tables, Transaction } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import { keysetSql } from '../../database/keyset.js';
import { listPlaces, prepareEach } from '../../database/statement.js';
import type { AuditedChange } from '../audit-log/audit-entry.types.js';
import { ConflictError } from '../errors.js';
import { type KeysetPage, type KeysetRequest, toKeysetPage } from '../page.js';
import { normalizeEmail } from './profile.js';
import type { NewUser, UserChange, UserFilter, UserIdentity, UserOrderField, UserRow } from './user.types.js';

/** The columns of a `UserRow`, beside those of whatever `users` is joined to. */
export const userColumns = [
  'users.id',
  'users.username',
  'users.name',
  'users.email',
  'users.active',
  'users.role',
  'users.profile_image_key as profileImageKey',
  'users.created_at as createdAt',
] as const;

/** A person and the hash of their password, for whoever verifies it. */
export interface UserWithPassword {
  readonly user: UserRow;
  readonly passwordHash: string | null;
}

const usersByIds = prepareEach<number, Record<string, number>, UserRow>(
  (length) => (db, ids) =>
    db.selectFrom('users').select(userColumns).where('id', 'in', listPlaces(ids, length)).$castTo<UserRow>(),
);

/** People. */
export class UserRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findByIds(ids: readonly number[]): Promise<UserRow[]> {
    return (await this.#database.allOf(usersByIds, ids)).map(presentUser);
  }

  async findWithPassword(
    by: { readonly email: string } | { readonly id: number },
  ): Promise<UserWithPassword | undefined> {
    const query = this.#database.sql.selectFrom('users').select([...userColumns, 'password_hash as passwordHash']);
    const filtered =
      'id' in by ? query.where('id', '=', by.id) : query.where('email_normalized', '=', normalizeEmail(by.email));
    const row = await filtered.$castTo<UserRow & { passwordHash: string | null }>().executeTakeFirst();
    if (!row) return undefined;
    const { passwordHash, ...user } = row;
    return { user: presentUser(user), passwordHash };
  }

  /** People by id. */
  async list(filter: UserFilter, request: KeysetRequest<UserOrderField>): Promise<KeysetPage<UserRow>> {
    const page = keysetSql(request, null, 'id');
    const query = page.where ? this.#matching(filter).where(page.where) : this.#matching(filter);
    return toKeysetPage(
      (await query.orderBy(page.orderBy).limit(page.limit).execute()).map(presentUser),
      request.first,
    );
  }

  /** All people who match, by id. */
  async listAll(filter: UserFilter): Promise<UserRow[]> {
    return (await this.#matching(filter).orderBy('id').execute()).map(presentUser);
  }

  /** Costs as much as there are people. */
  async count({ hasEmail }: UserFilter): Promise<number> {
    const query = this.#database.sql.selectFrom('users').select((eb) => eb.fn.countAll<number>().as('total'));
    const matching = query.$if(hasEmail === true, (eb) => eb.where('email', 'is not', null));
    return Number((await matching.executeTakeFirstOrThrow()).total);
  }

  /** @throws ConflictError (usernameTaken, emailTaken); the unique indexes decide */
  async create(user: NewUser): Promise<UserRow> {
    const { username = null, name, email = null, passwordHash = null, profileImageKey = null, role = 'user' } = user;
    const createdAt = Date.now();
    const row = {
      username,
      name,
      email,
      email_normalized: email === null ? null : normalizeEmail(email),
      password_hash: passwordHash,
      profile_image_key: profileImageKey,
    };
    const id = await this.#deciding(username, async ({ sql, audit }) => {
      const insert = sql.insertInto('users').values({ ...row, role, created_at: createdAt });
      const insertId = Number((await insert.executeTakeFirstOrThrow()).insertId);
      await audit({ action: 'user.create', subjectId: insertId, after: { name, username, role } });
      return insertId;
    });
    return { id, username, name, email, active: true, role, profileImageKey, createdAt };
  }

  /** The person as they are now; undefined when there is no such person. */
  async setActive(id: number, active: boolean): Promise<UserRow | undefined> {
    await this.#database.transaction(async ({ sql, audit }) => {
      const update = sql.updateTable('users').set({ active }).where('id', '=', id).where('active', '=', !active);
      const { numUpdatedRows } = await update.executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return;
      await audit({ action: 'user.setActive', subjectId: id, before: { active: !active }, after: { active } });
    });
    const [user] = await this.findByIds([id]);
    return user;
  }

  /** Undefined leaves a value as it is, null clears it. @throws ConflictError (usernameTaken, emailTaken) */
  async update(id: number, { email, passwordHash, profileImageKey, ...plain }: UserChange): Promise<UserRow> {
    const change = {
      ...plain,
      ...(email !== undefined && { email, email_normalized: email === null ? null : normalizeEmail(email) }),
      ...(passwordHash !== undefined && { password_hash: passwordHash }),
      ...(profileImageKey !== undefined && { profile_image_key: profileImageKey }),
    };
    if (Object.values(change).every((value) => value === undefined)) return this.#get(id);
    return this.#deciding(plain.username, async (transaction) => {
      const { sql, audit } = transaction;
      // An update that changes nothing locks alike on every engine, so what is read stays as it was until the change.
      await sql
        .updateTable('users')
        .set((eb) => ({ name: eb.ref('name') }))
        .where('id', '=', id)
        .execute();
      const before = await selectUsers(sql).where('id', '=', id).executeTakeFirstOrThrow();
      await sql.updateTable('users').set(change).where('id', '=', id).execute();
      const after = presentUser(await selectUsers(sql).where('id', '=', id).executeTakeFirstOrThrow());
      await audit({ action: 'user.update', subjectId: id, ...auditedChange({ before, after, passwordHash }) });
      return after;
    });
  }

  /** Keeps the hash of a password that is still the same. */
  async rehashPassword(id: number, passwordHash: string): Promise<void> {
    await this.#database.transaction(async ({ sql, audit }) => {
      await sql.updateTable('users').set({ password_hash: passwordHash }).where('id', '=', id).execute();
      await audit({ action: 'user.rehashPassword', subjectId: id });
    });
  }

  /** The person whom an issuer knows by this subject, made at their first visit; the unique index decides a race. */
  async findOrCreateByIdentity({ issuer, subject, name }: UserIdentity): Promise<UserRow> {
    const find = () => this.#select().where('issuer', '=', issuer).where('subject', '=', subject).executeTakeFirst();
    const known = await find();
    if (known) return presentUser(known);
    const row = { name, issuer, subject, created_at: Date.now() };
    try {
      await this.#database.transaction(async ({ sql, audit }) => {
        const { insertId } = await sql.insertInto('users').values(row).executeTakeFirstOrThrow();
        await audit({ action: 'user.create', subjectId: Number(insertId), after: { name, issuer } });
      });
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
    const created = await find();
    if (!created) throw new Error('A person made a moment ago is gone.');
    return presentUser(created);
  }

  async #deciding<T>(username: string | null | undefined, write: (transaction: Transaction) => Promise<T>): Promise<T> {
    try {
      return await this.#database.transaction(write);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      throw new ConflictError((await isUsernameTaken(this.#database.sql, username)) ? 'usernameTaken' : 'emailTaken');
    }
  }

  #matching({ hasEmail }: UserFilter) {
    return hasEmail ? this.#select().where('email', 'is not', null) : this.#select();
  }

  async #get(id: number): Promise<UserRow> {
    return presentUser(await this.#select().where('id', '=', id).executeTakeFirstOrThrow());
  }

  #select() {
    return selectUsers(this.#database.sql);
  }
}

function selectUsers(sql: Kysely<Tables>) {
  return sql.selectFrom('users').select(userColumns).$castTo<UserRow>();
}

/** What the audit log shows of a change: public values as they are, of an e-mail address and a password that they changed. */
function auditedChange({
  before,
  after,
  passwordHash,
}: {
  readonly before: UserRow;
  readonly after: UserRow;
  readonly passwordHash: string | undefined;
}): Pick<AuditedChange, 'before' | 'after'> {
  const hidden = {
    ...(before.email !== after.email && { email: 'changed' }),
    ...(passwordHash !== undefined && { password: 'changed' }),
    ...(before.profileImageKey !== after.profileImageKey && { profileImage: 'changed' }),
  };
  return {
    before: { name: before.name, username: before.username },
    after: { name: after.name, username: after.username, ...hidden },
  };
}

async function isUsernameTaken(sql: Kysely<Tables>, username: string | null | undefined): Promise<boolean> {
  if (username == null) return false;
  return (await sql.selectFrom('users').select('id').where('username', '=', username).executeTakeFirst()) !== undefined;
}

/** A row as reads return it: SQL has no booleans. */
export function presentUser(row: UserRow): UserRow {
  return { ...row, active: Boolean(row.active) };
}
