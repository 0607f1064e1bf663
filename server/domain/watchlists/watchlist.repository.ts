import { type Kysely, sql } from 'kysely';
import type { Database, Tables, Transaction } from '../../database/database.js';
import { isDuplicate, isMissingParent } from '../../database/faults.js';
import { keysetSql } from '../../database/keyset.js';
import { prepare, prepareEach } from '../../database/statement.js';
import { NotFoundError } from '../errors.js';
import {
  type Direction,
  type KeysetPage,
  type KeysetRequest,
  type OffsetPage,
  type OffsetRequest,
  toKeysetPage,
} from '../page.js';
import type {
  TitledWatchlistItemRow,
  WatchlistAddition,
  WatchlistFilter,
  WatchlistOrderField,
} from './watchlist.types.js';

const columns = [
  'watchlist_items.id',
  'watchlist_items.user_id as userId',
  'watchlist_items.movie_id as movieId',
  'watchlist_items.watched',
  'watchlist_items.created_at as createdAt',
  'movies.title',
] as const;

const orderColumns = {
  ID: null,
  CREATED_AT: 'watchlist_items.created_at',
} satisfies Record<WatchlistOrderField, string | null>;

function selectItems(db: Kysely<Tables>) {
  return db
    .selectFrom('watchlist_items')
    .innerJoin('movies', 'movies.id', 'watchlist_items.movie_id')
    .select(columns)
    .$castTo<TitledWatchlistItemRow>();
}

const itemsOfUser = prepare<
  { userId: number; offset: number; limit: number },
  TitledWatchlistItemRow & { total: number }
>((db, { userId, offset, limit }) => {
  const total = sql<number>`(select count(*) from watchlist_items as counted where counted.user_id = ${userId})`;
  return selectItems(db)
    .select(total.as('total'))
    .where('watchlist_items.user_id', '=', userId)
    .orderBy('watchlist_items.id')
    .limit(limit)
    .offset(offset)
    .$castTo<TitledWatchlistItemRow & { total: number }>();
});

const firstItems = prepareEach<
  `${WatchlistOrderField} ${Direction}`,
  { userId: number; limit: number },
  TitledWatchlistItemRow
>((order) => {
  const [field, direction] = order.split(' ') as [WatchlistOrderField, Direction]; // as they were put together
  const { orderBy } = keysetSql({ first: 0, order: { field, direction } }, orderColumns[field], 'watchlist_items.id');
  return (db, { userId, limit }) =>
    selectItems(db).where('watchlist_items.user_id', '=', userId).orderBy(orderBy).limit(limit);
});

/** Watchlists, read as plain rows with the titles of their films. */
export class WatchlistRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: number): Promise<TitledWatchlistItemRow | undefined> {
    return present(await this.#select().where('watchlist_items.id', '=', id).executeTakeFirst());
  }

  /** One user's entries for many films; at most one each. */
  async findByUser(userId: number, movieIds: readonly number[]): Promise<TitledWatchlistItemRow[]> {
    const query = this.#select().where('watchlist_items.user_id', '=', userId);
    return (await query.where('watchlist_items.movie_id', 'in', movieIds).execute()).map(present);
  }

  /** A watchlist in the order of its entries' ids, by page number. */
  async listByOffset(userId: number, { offset, limit }: OffsetRequest): Promise<OffsetPage<TitledWatchlistItemRow>> {
    const rows = await this.#database.all(itemsOfUser, { userId, offset, limit });
    const [first] = rows;
    if (!first) return { rows: [], total: offset === 0 ? 0 : await this.count(userId, {}) };
    return { rows: rows.map(({ total: _total, ...row }) => present(row)), total: Number(first.total) };
  }

  async list(
    userId: number,
    { watched }: WatchlistFilter,
    request: KeysetRequest<WatchlistOrderField>,
  ): Promise<KeysetPage<TitledWatchlistItemRow>> {
    if (watched == null && request.after == null) {
      const { field, direction } = request.order;
      const rows = await this.#database.all(firstItems(`${field} ${direction}`), { userId, limit: request.first + 1 });
      return toKeysetPage(rows.map(present), request.first);
    }
    const page = keysetSql(request, orderColumns[request.order.field], 'watchlist_items.id');
    const query = this.#select()
      .where('watchlist_items.user_id', '=', userId)
      .$if(watched != null, (eb) => eb.where(sql<boolean>`watched = ${watched}`))
      .where(page.where ?? sql<boolean>`1 = 1`);
    return toKeysetPage((await query.orderBy(page.orderBy).limit(page.limit).execute()).map(present), request.first);
  }

  /** Costs as much as one user's list is long. */
  async count(userId: number, { watched }: WatchlistFilter): Promise<number> {
    const query = this.#database.sql
      .selectFrom('watchlist_items')
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .where('user_id', '=', userId)
      .$if(watched != null, (eb) => eb.where(sql<boolean>`watched = ${watched}`));
    return Number((await query.executeTakeFirstOrThrow()).total);
  }

  /** Adds a film to a watchlist; the unique index decides whether it was there. @throws NotFoundError (movie) */
  async add(userId: number, movieId: number, watched: boolean): Promise<WatchlistAddition> {
    const outcome = await this.#database.transaction((transaction) =>
      insert(transaction, { userId, movieId, watched }),
    );
    const [item] = await this.findByUser(userId, [movieId]);
    // The entry can be gone again only when its owner removed it within the same instant: then adding it again is right.
    return item ? { outcome, item } : this.add(userId, movieId, watched);
  }

  /** The entry as it is now; undefined when the owner has no such entry. */
  async setWatched(userId: number, id: number, watched: boolean): Promise<TitledWatchlistItemRow | undefined> {
    await this.#database.transaction(async ({ sql: db, audit }) => {
      const update = db.updateTable('watchlist_items').set({ watched }).where('id', '=', id);
      const { numUpdatedRows } = await update
        .where('user_id', '=', userId)
        .where('watched', '=', !watched)
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) return;
      const [before, after] = [{ watched: !watched }, { watched }];
      await audit({ action: 'watchlistItem.update', subjectId: id, before, after });
    });
    const item = await this.findById(id);
    return item?.userId === userId ? item : undefined;
  }

  /** Whether there was such an entry of this owner to remove. */
  async remove(userId: number, id: number): Promise<boolean> {
    return this.#database.transaction(async ({ sql: db, audit }) => {
      const removal = db.deleteFrom('watchlist_items').where('id', '=', id).where('user_id', '=', userId);
      // What there was to remove is read before it is gone, and does not count unless it was there to the end.
      const item = await db
        .selectFrom('watchlist_items')
        .select(['movie_id', 'watched'])
        .where('id', '=', id)
        .executeTakeFirst();
      const { numDeletedRows } = await removal.executeTakeFirstOrThrow();
      if (!item || numDeletedRows === 0n) return false;
      const before = { userId, movieId: item.movie_id, watched: Boolean(item.watched) };
      await audit({ action: 'watchlistItem.delete', subjectId: id, before });
      return true;
    });
  }

  #select() {
    return selectItems(this.#database.sql);
  }
}

async function insert(
  { sql: db, audit }: Transaction,
  { userId, movieId, watched }: { readonly userId: number; readonly movieId: number; readonly watched: boolean },
): Promise<WatchlistAddition['outcome']> {
  const row = { user_id: userId, movie_id: movieId, watched, created_at: Date.now() };
  try {
    const { insertId } = await db.insertInto('watchlist_items').values(row).executeTakeFirstOrThrow();
    await audit({ action: 'watchlistItem.create', subjectId: Number(insertId), after: { userId, movieId, watched } });
    return 'added';
  } catch (error) {
    if (isMissingParent(error)) throw new NotFoundError('movie');
    if (isDuplicate(error)) return 'alreadyPresent';
    throw error;
  }
}

/** Every engine stores a boolean as 0 or 1; rows say which. */
function present<Row extends TitledWatchlistItemRow | undefined>(row: Row): Row {
  return row && { ...row, watched: Boolean(row.watched) };
}
