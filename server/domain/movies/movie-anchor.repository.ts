import type { Database } from '../../database/database.js';
import { prepare } from '../../database/statement.js';

/** By which it is seen that films came or went. */
export interface CatalogueState {
  /** How many films there are, as the maintained count says. */
  readonly total: number;
  readonly lastId: number;
}

const idsAfter = prepare<{ id: number }, { id: number }>(
  (db, { id }) => db.selectFrom('movies').select('id').where('id', '>', id).orderBy('id'),
  () => [],
);

/**
 * The ids of all films in their order: where each page begins, so that a page number costs the same however high it is.
 * Four bytes a film, read when a page is first asked for and extended by the films that came since.
 */
export class MovieAnchorRepository {
  readonly #database: Database;
  #ids = new Int32Array(0);
  #length = 0;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The id of the film at this place; undefined when none is known there. */
  idAt(offset: number): number | undefined {
    return offset < this.#length ? this.#ids[offset] : undefined;
  }

  /** Whether these are the ids of the catalogue in this state. */
  fits({ total, lastId }: CatalogueState): boolean {
    return total === this.#length && lastId === this.#lastId;
  }

  /** Reads what is new; everything, where films have gone. */
  async refresh({ total, lastId }: CatalogueState): Promise<void> {
    await this.#append();
    if (this.fits({ total, lastId })) return;
    this.#length = 0;
    await this.#append();
  }

  async #append(): Promise<void> {
    const after = this.#lastId;
    const rows = await this.#database.all(idsAfter, { id: after });
    // Someone else may have been as quick.
    if (after !== this.#lastId) return;
    if (this.#length + rows.length > this.#ids.length) this.#grow(this.#length + rows.length);
    for (const { id } of rows) this.#ids[this.#length++] = id;
  }

  #grow(length: number): void {
    const grown = new Int32Array(Math.ceil(length * 1.25));
    grown.set(this.#ids.subarray(0, this.#length));
    this.#ids = grown;
  }

  get #lastId(): number {
    return this.#length === 0 ? 0 : (this.#ids[this.#length - 1] ?? 0);
  }
}
