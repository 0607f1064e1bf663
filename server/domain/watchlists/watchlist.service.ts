import { ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.js';
import type { KeysetPage, KeysetRequest, OffsetPage, OffsetRequest } from '../page.js';
import type { Viewer } from '../viewer.js';
import { mayUseWatchlist } from './watchlist.policy.js';
import type { WatchlistRepository } from './watchlist.repository.js';
import type {
  TitledWatchlistItemRow,
  WatchlistAddition,
  WatchlistFilter,
  WatchlistOrderField,
} from './watchlist.types.js';

/**
 * Watchlists, as one viewer may see and change them. Every method first asks the policy, and throws
 * UnauthenticatedError for the anonymous and ForbiddenError for anyone but the owner.
 */
export class WatchlistService {
  readonly #viewer: Viewer;
  readonly #watchlists: WatchlistRepository;

  constructor(viewer: Viewer, watchlists: WatchlistRepository) {
    this.#viewer = viewer;
    this.#watchlists = watchlists;
  }

  /** An entry of the viewer's own; someone else's reads as absent. */
  async findOwn(id: number): Promise<TitledWatchlistItemRow | undefined> {
    const item = await this.#watchlists.findById(id);
    return item && mayUseWatchlist(this.#viewer, item.userId) ? item : undefined;
  }

  async listByOffset(userId: number, request: OffsetRequest): Promise<OffsetPage<TitledWatchlistItemRow>> {
    this.checkMayUse(userId);
    return this.#watchlists.listByOffset(userId, request);
  }

  async list(
    userId: number,
    filter: WatchlistFilter,
    request: KeysetRequest<WatchlistOrderField>,
  ): Promise<KeysetPage<TitledWatchlistItemRow>> {
    this.checkMayUse(userId);
    return this.#watchlists.list(userId, filter, request);
  }

  async count(userId: number, filter: WatchlistFilter): Promise<number> {
    this.checkMayUse(userId);
    return this.#watchlists.count(userId, filter);
  }

  /** @throws NotFoundError (movie) */
  async add(userId: number, movieId: number, watched = false): Promise<WatchlistAddition> {
    this.checkMayUse(userId);
    return this.#watchlists.add(userId, movieId, watched);
  }

  /** @throws NotFoundError (watchlistItem) */
  async setWatched(userId: number, itemId: number, watched: boolean): Promise<TitledWatchlistItemRow> {
    this.checkMayUse(userId);
    const item = await this.#watchlists.setWatched(userId, itemId, watched);
    if (!item) throw new NotFoundError('watchlistItem');
    return item;
  }

  /** Removes an entry by its id; each edge says what `absent` means to its clients. */
  async remove(userId: number, itemId: number): Promise<'removed' | 'absent'> {
    this.checkMayUse(userId);
    return (await this.#watchlists.remove(userId, itemId)) ? 'removed' : 'absent';
  }

  /** Adds a film to the viewer's own list. @throws NotFoundError (movie) */
  async addOwn(movieId: number, watched: boolean): Promise<WatchlistAddition> {
    return this.add(this.#checkUser(), movieId, watched);
  }

  /** Marks a film in the viewer's own list. @throws NotFoundError (watchlistItem) when it is not in it */
  async setOwnWatched(movieId: number, watched: boolean): Promise<TitledWatchlistItemRow> {
    const userId = this.#checkUser();
    const [item] = await this.#watchlists.findByUser(userId, [movieId]);
    if (!item) throw new NotFoundError('watchlistItem');
    return this.setWatched(userId, item.id, watched);
  }

  /** Removes a film from the viewer's own list. */
  async removeOwn(movieId: number): Promise<'removed' | 'absent'> {
    const userId = this.#checkUser();
    const [item] = await this.#watchlists.findByUser(userId, [movieId]);
    return item ? this.remove(userId, item.id) : 'absent';
  }

  /** The policy as a check, for edges whose contract answers it before anything else. */
  checkMayUse(userId: number): void {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (!mayUseWatchlist(this.#viewer, userId)) throw new ForbiddenError();
  }

  #checkUser(): number {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (this.#viewer.kind !== 'user') throw new ForbiddenError();
    return this.#viewer.userId;
  }
}
