import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { isDuplicate } from '../../database/faults.js';

/** The rows of `catalog_counts`, and what each one counts. */
const counted = {
  movies: sql`select count(*) from movies`,
  movieLensMovies: sql`select count(*) from movies where movie_lens_id is not null`,
  songs: sql`select count(*) from songs`,
} satisfies Record<string, RawBuilder<unknown>>;

export type CatalogCountName = keyof typeof counted;
type MovieCountName = Exclude<CatalogCountName, 'songs'>;
const movieNames: readonly MovieCountName[] = ['movies', 'movieLensMovies'];
const names: readonly CatalogCountName[] = [...movieNames, 'songs'];

/** A count that is not what counting gives. */
export interface CatalogCountDrift {
  readonly name: CatalogCountName;
  readonly stored: number;
  readonly actual: number;
}

/** A maintained count. */
export async function readCatalogCount(db: Kysely<Tables>, name: CatalogCountName): Promise<number> {
  const query = db.selectFrom('catalog_counts').select('value').where('name', '=', name);
  return (await query.executeTakeFirst())?.value ?? 0;
}

/** Adds to one count, before what it counts is added in the same transaction. */
export async function addToCatalogCount(db: Kysely<Tables>, name: CatalogCountName, change: number): Promise<void> {
  if (await increase(db, name, change)) return;
  await insertCount(db, name);
  await increase(db, name, change);
}

/**
 * Takes the counts of films for the rest of the transaction, and with them the right to add films: of two that add the same
 * films, the second finds those of the first.
 */
export async function lockCatalogCounts(db: Kysely<Tables>): Promise<void> {
  for (const name of movieNames) await addToCatalogCount(db, name, 0);
}

/** Adds to the counts of films, which the transaction has locked. */
export async function addToCatalogCounts(
  db: Kysely<Tables>,
  changes: Readonly<Record<MovieCountName, number>>,
): Promise<void> {
  for (const name of movieNames) await increase(db, name, changes[name]);
}

/** Checks the counts against what they count. */
export class CatalogCountRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The counts that are wrong; an absent one stands for 0, as it does where it is read. */
  async findDrift(): Promise<CatalogCountDrift[]> {
    const drifts = [];
    for (const name of names) {
      // One statement, so that both numbers are of one moment. STORED is a word of MySQL's own.
      const { rows } = await sql<{ kept: number; actual: number }>`
        select coalesce((select value from catalog_counts where name = ${name}), 0) as kept, (${counted[name]}) as actual
      `.execute(this.#database.sql);
      drifts.push(...rows.map((row) => ({ name, stored: Number(row.kept), actual: Number(row.actual) })));
    }
    return drifts.filter(({ stored, actual }) => stored !== actual);
  }

  /** Sets one count to what counting gives. */
  async repair(name: CatalogCountName): Promise<void> {
    await this.#database.transaction(async ({ sql: db }) => {
      await addToCatalogCount(db, name, 0);
      await sql`update catalog_counts set value = (${counted[name]}) where name = ${name}`.execute(db);
    });
  }
}

async function increase(db: Kysely<Tables>, name: CatalogCountName, change: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalog_counts')
    .set((eb) => ({ value: eb('value', '+', change) }))
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

async function insertCount(db: Kysely<Tables>, name: CatalogCountName): Promise<void> {
  try {
    await sql`insert into catalog_counts (name, value) select ${name}, (${counted[name]})`.execute(db);
  } catch (error) {
    // Someone else was first; their row is as good.
    if (!isDuplicate(error)) throw error;
  }
}
