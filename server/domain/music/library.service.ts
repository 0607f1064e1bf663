import { ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.js';
import type { UserRepository } from '../users/user.repository.js';
import type { Viewer } from '../viewer.js';
import { mayUseLibrary } from './library.policy.js';
import type { LibraryRepository } from './library.repository.js';
import type { LibraryAddition, LibraryEntryRow } from './library.types.js';
import type { SongRepository } from './song.repository.js';
import type { SongRow } from './song.types.js';

/** What libraries are kept in. */
export interface LibraryParts {
  readonly libraries: LibraryRepository;
  readonly songs: SongRepository;
  readonly users: UserRepository;
}

/**
 * Libraries of songs, as one viewer may see and change them. Every method first asks the policy, and throws
 * UnauthenticatedError for the anonymous and ForbiddenError for those who may not.
 */
export class LibraryService {
  readonly #viewer: Viewer;
  readonly #parts: LibraryParts;

  constructor(viewer: Viewer, parts: LibraryParts) {
    this.#viewer = viewer;
    this.#parts = parts;
  }

  /** An entry of a library that the viewer may use; any other reads as absent. */
  async find(id: number): Promise<LibraryEntryRow | undefined> {
    const entry = await this.#parts.libraries.findById(id);
    return entry && mayUseLibrary(this.#viewer, entry.userId) ? entry : undefined;
  }

  /** The songs of a library, in the order in which they were added. */
  async listSongs(userId: number): Promise<SongRow[]> {
    this.checkMayUse(userId);
    return this.#parts.songs.listByLibrary(userId);
  }

  async count(userId: number): Promise<number> {
    this.checkMayUse(userId);
    return this.#parts.libraries.count(userId);
  }

  /** @throws NotFoundError (user before song) */
  async add(userId: number, songId: number): Promise<LibraryAddition> {
    this.checkMayUse(userId);
    await this.#checkUser(userId);
    return this.#parts.libraries.add(userId, songId);
  }

  /** Removes a song; each edge says what `absent` means to its clients. @throws NotFoundError (user) */
  async remove(userId: number, songId: number): Promise<'removed' | 'absent'> {
    this.checkMayUse(userId);
    await this.#checkUser(userId);
    return (await this.#parts.libraries.remove(userId, songId)) ? 'removed' : 'absent';
  }

  /** The viewer's own id, for edges whose clients need not say whose library they mean. */
  ownerId(): number {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (this.#viewer.kind !== 'user') throw new ForbiddenError();
    return this.#viewer.userId;
  }

  /** The policy as a check, for edges that ask it before they load anything. */
  checkMayUse(userId: number): void {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (!mayUseLibrary(this.#viewer, userId)) throw new ForbiddenError();
  }

  /** A viewer who is that person needs no asking. */
  async #checkUser(userId: number): Promise<void> {
    if (this.#viewer.kind === 'user' && this.#viewer.userId === userId) return;
    const [user] = await this.#parts.users.findByIds([userId]);
    if (!user) throw new NotFoundError('user');
  }
}
