import { ForbiddenError, InvalidError, UnauthenticatedError } from '../errors.js';
import type { KeysetPage, KeysetRequest, OffsetPage, OffsetRequest } from '../page.js';
import { isStorableText } from '../text.js';
import type { Viewer } from '../viewer.js';
import { mayCreateSongs, mayReadSongs } from './song.policy.js';
import type { SongRepository } from './song.repository.js';
import { maxSongTextLength, type NewSong, type SongOrderField, type SongRow } from './song.types.js';

/** The catalogue of songs, as one viewer may see and extend it. */
export class SongService {
  readonly #viewer: Viewer;
  readonly #songs: SongRepository;

  constructor(viewer: Viewer, songs: SongRepository) {
    this.#viewer = viewer;
    this.#songs = songs;
  }

  async find(id: number): Promise<SongRow | undefined> {
    this.#checkRead();
    const [song] = await this.#songs.findByIds([id]);
    return song;
  }

  /** Songs by keyset; @throws InvalidError (field `after`) for a cursor of another list. */
  async list(request: KeysetRequest<SongOrderField>): Promise<KeysetPage<SongRow>> {
    this.#checkRead();
    return this.#songs.list(request);
  }

  /** Songs in the order of their ids: all of them, or the page that is asked for. */
  async listByOffset(page?: OffsetRequest): Promise<OffsetPage<SongRow>> {
    this.#checkRead();
    return this.#songs.listByOffset(page);
  }

  async count(): Promise<number> {
    this.#checkRead();
    return this.#songs.count();
  }

  /**
   * Adds a song.
   *
   * @param rules whether texts may be empty, which older contracts let pass
   * @throws UnauthenticatedError, ForbiddenError, InvalidError (title, artist)
   */
  async create(song: NewSong, rules: { readonly emptyTexts: boolean }): Promise<SongRow> {
    if (!mayCreateSongs(this.#viewer)) throw this.#refusal();
    const minLength = rules.emptyTexts ? 0 : 1;
    checkText('title', song.title, minLength);
    checkText('artist', song.artist, minLength);
    return this.#songs.create(song);
  }

  #checkRead(): void {
    if (!mayReadSongs(this.#viewer)) throw this.#refusal();
  }

  #refusal(): Error {
    return this.#viewer.kind === 'anonymous' ? new UnauthenticatedError() : new ForbiddenError();
  }
}

function checkText(field: string, text: string, minLength: number): void {
  const { length } = Array.from(text);
  if (length < minLength || length > maxSongTextLength || !isStorableText(text)) {
    throw new InvalidError(
      field,
      `${minLength} to ${maxSongTextLength} characters, none of them NUL or half a character`,
    );
  }
}
