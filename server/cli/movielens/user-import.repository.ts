import type { Kysely } from 'kysely';
import type { Database, Tables, Transaction } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';
import { inParts, insertRows } from '../../database/rows.js';

/** Brings MovieLens people in as users. */
export class UserImportRepository {
  /** Our ids by MovieLens id, of everyone met so far. */
  readonly #ids = new Map<number, number>();

  /** How many people have been met. */
  get count(): number {
    return this.#ids.size;
  }

  /** Our id of someone who has been met. */
  idOf(movieLensId: number): number {
    return this.#ids.get(movieLensId) ?? 0;
  }

  /** Makes sure that these MovieLens people are users, in a transaction of its own. @returns how many were added */
  async ensure(database: Database, movieLensIds: Iterable<number>): Promise<number> {
    const unknown = this.#findUnknown(movieLensIds);
    if (unknown.length === 0) return 0;
    try {
      const { ids, added } = await database.transaction((transaction) => addUsers(transaction, unknown));
      // Only now: a transaction that is rolled back takes the people it added with it.
      this.#remember(ids);
      return added;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // Another import added some of them meanwhile; now they are found.
      return this.ensure(database, unknown);
    }
  }

  /** The same inside a transaction with which the import stands and falls. */
  async ensureWithin(transaction: Transaction, movieLensIds: Iterable<number>): Promise<number> {
    const unknown = this.#findUnknown(movieLensIds);
    if (unknown.length === 0) return 0;
    const { ids, added } = await addUsers(transaction, unknown);
    this.#remember(ids);
    return added;
  }

  #findUnknown(movieLensIds: Iterable<number>): number[] {
    return [...new Set(movieLensIds)].filter((id) => !this.#ids.has(id)).sort((a, b) => a - b);
  }

  #remember(ids: ReadonlyMap<number, number>): void {
    for (const [movieLensId, id] of ids) this.#ids.set(movieLensId, id);
  }
}

async function addUsers({ sql: db, audit }: Transaction, movieLensIds: readonly number[]) {
  const present = await findUsers(db, movieLensIds);
  const missing = movieLensIds.filter((id) => !present.has(id));
  await insertUsers(db, missing);
  if (missing.length > 0) await audit({ action: 'user.import', subjectId: null, after: { added: missing.length } });
  return { ids: new Map([...present, ...(await findUsers(db, missing))]), added: missing.length };
}

async function insertUsers(db: Kysely<Tables>, movieLensIds: readonly number[]): Promise<void> {
  const createdAt = Date.now();
  const rows = movieLensIds.map((id) => [usernameOf(id), usernameOf(id), createdAt]);
  await insertRows(db, { table: 'users', columns: ['username', 'name', 'created_at'] }, rows);
}

/** MovieLens people have neither names nor keys. */
function usernameOf(movieLensId: number): string {
  return `movielens-${movieLensId}`;
}

/** Our ids by MovieLens id, of those who are users. */
async function findUsers(db: Kysely<Tables>, movieLensIds: readonly number[]): Promise<Map<number, number>> {
  const idsByName = new Map(movieLensIds.map((id) => [usernameOf(id), id]));
  const found = new Map<number, number>();
  for (const part of inParts([...idsByName.keys()])) {
    const rows = await db.selectFrom('users').select(['id', 'username']).where('username', 'in', part).execute();
    for (const { id, username } of rows) found.set(idsByName.get(username ?? '') ?? 0, id);
  }
  return found;
}
