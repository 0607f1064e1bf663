import { ConflictError, ForbiddenError, InvalidError, NotFoundError, UnauthenticatedError } from '../errors.js';
import type { KeysetPage, KeysetRequest } from '../page.js';
import { isStorableText } from '../text.js';
import type { Viewer } from '../viewer.js';
import { mayUsePlaylists } from './playlist.policy.js';
import type { PlaylistRepository } from './playlist.repository.js';
import type {
  ListedEntryRow,
  PlaylistAddition,
  PlaylistEntryRow,
  PlaylistMove,
  PlaylistOrderField,
  PlaylistRow,
} from './playlist.types.js';
import type { PlaylistEntryRepository } from './playlist-entry.repository.js';

/** What the default list is called until its owner renames it. */
const defaultName = 'My list';
const maxNameLength = 100;

/** What playlists are kept in. */
export interface PlaylistParts {
  readonly playlists: PlaylistRepository;
  readonly entries: PlaylistEntryRepository;
}

/**
 * Playlists, as one viewer may see and change them. Those who may not use a playlist are told that there is none; where
 * its owner is named, UnauthenticatedError for the anonymous and ForbiddenError for others. Everyone has a default list,
 * made when it is first needed; `null` instead of a playlist's id is the viewer's own default one.
 */
export class PlaylistService {
  readonly #viewer: Viewer;
  readonly #playlists: PlaylistRepository;
  readonly #entries: PlaylistEntryRepository;

  constructor(viewer: Viewer, { playlists, entries }: PlaylistParts) {
    this.#viewer = viewer;
    this.#playlists = playlists;
    this.#entries = entries;
  }

  async find(id: number): Promise<PlaylistRow | undefined> {
    const [playlist] = await this.#playlists.findByIds([id]);
    return playlist && mayUsePlaylists(this.#viewer, playlist.userId) ? playlist : undefined;
  }

  async findEntry(id: number): Promise<PlaylistEntryRow | undefined> {
    const entry = await this.#entries.findById(id);
    return entry && (await this.find(entry.playlistId)) ? entry : undefined;
  }

  /** Someone's playlists, the default one among them. */
  async list(userId: number, request: KeysetRequest<PlaylistOrderField>): Promise<KeysetPage<PlaylistRow>> {
    this.checkMayUse(userId);
    await this.#playlists.findOrCreateDefault(userId, defaultName);
    return this.#playlists.list(userId, request);
  }

  /** Someone's default list, made when it is first needed. */
  async getDefault(userId: number): Promise<PlaylistRow> {
    this.checkMayUse(userId);
    return this.#playlists.findOrCreateDefault(userId, defaultName);
  }

  async count(userId: number): Promise<number> {
    this.checkMayUse(userId);
    return this.#playlists.count(userId);
  }

  /** Makes a playlist of the viewer's own. @throws InvalidError (name), ConflictError (playlistNameTaken) */
  async create(name: string): Promise<PlaylistRow> {
    const userId = this.#checkPerson();
    return this.#playlists.create(userId, checkName(name));
  }

  /** @throws NotFoundError (playlist), InvalidError (name), ConflictError (playlistNameTaken) */
  async rename(id: number, name: string): Promise<PlaylistRow> {
    await this.#get(id);
    const playlist = await this.#playlists.rename(id, checkName(name));
    if (!playlist) throw new NotFoundError('playlist');
    return playlist;
  }

  /** Deletes a playlist with what is in it. @throws ConflictError (defaultPlaylist) */
  async delete(id: number): Promise<'removed' | 'absent'> {
    this.#checkKnown();
    const playlist = await this.find(id);
    if (playlist?.isDefault) throw new ConflictError('defaultPlaylist');
    return playlist && (await this.#playlists.delete(id)) ? 'removed' : 'absent';
  }

  /** Adds a film at the end. @throws NotFoundError (playlist, movie), ConflictError (movieNotAvailable) */
  async add(id: number | null, movieId: number): Promise<PlaylistAddition> {
    if (id === null) return this.addToDefault(this.#checkPerson(), movieId);
    return this.#entries.add((await this.#get(id)).id, movieId);
  }

  /** Removes a film. @throws NotFoundError (playlist) */
  async remove(id: number | null, movieId: number): Promise<'removed' | 'absent'> {
    if (id === null) return this.removeFromDefault(this.#checkPerson(), movieId);
    return (await this.#entries.remove((await this.#get(id)).id, movieId)) ? 'removed' : 'absent';
  }

  /** Puts a film elsewhere in its playlist. @throws NotFoundError (playlist, playlistEntry) */
  async move(id: number | null, move: PlaylistMove): Promise<PlaylistEntryRow> {
    const playlist = id === null ? await this.#playlists.findDefault(this.#checkPerson()) : await this.#get(id);
    if (!playlist) throw new NotFoundError('playlistEntry');
    return this.#entries.move(playlist.id, move);
  }

  /** Someone's default list with its films, the newest first, for the contract that has no pages. */
  async listDefault(userId: number): Promise<ListedEntryRow[]> {
    this.checkMayUse(userId);
    const playlist = await this.#playlists.findDefault(userId);
    return playlist ? this.#entries.listAll(playlist.id) : [];
  }

  /** @throws NotFoundError (user, movie), ConflictError (movieNotAvailable) */
  async addToDefault(userId: number, movieId: number): Promise<PlaylistAddition> {
    this.checkMayUse(userId);
    // Before the list is made: what is refused changes nothing.
    await this.#entries.checkAddable(movieId);
    const { id } = await this.#playlists.findOrCreateDefault(userId, defaultName);
    return this.#entries.add(id, movieId);
  }

  async removeFromDefault(userId: number, movieId: number): Promise<'removed' | 'absent'> {
    this.checkMayUse(userId);
    const playlist = await this.#playlists.findDefault(userId);
    return playlist && (await this.#entries.remove(playlist.id, movieId)) ? 'removed' : 'absent';
  }

  /** The policy as a check, for edges whose contract answers it before anything else. */
  checkMayUse(userId: number): void {
    this.#checkKnown();
    if (!mayUsePlaylists(this.#viewer, userId)) throw new ForbiddenError();
  }

  async #get(id: number): Promise<PlaylistRow> {
    this.#checkKnown();
    const playlist = await this.find(id);
    if (!playlist) throw new NotFoundError('playlist');
    return playlist;
  }

  #checkKnown(): void {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
  }

  #checkPerson(): number {
    this.#checkKnown();
    if (this.#viewer.kind !== 'user') throw new ForbiddenError();
    return this.#viewer.userId;
  }
}

function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > maxNameLength || !isStorableText(trimmed)) {
    throw new InvalidError('name', `1 to ${maxNameLength} characters`);
  }
  return trimmed;
}
