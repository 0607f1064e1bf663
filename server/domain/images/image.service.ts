import { type ImageStore, isObjectKey } from '../../storage/image-store.js';
import { ForbiddenError, UnauthenticatedError } from '../errors.js';
import type { Viewer } from '../viewer.js';
import { mayReadImages, mayStoreImage } from './image.policy.js';
import type { ImageRepository } from './image.repository.js';
import type { ImageContentType, ImagePurpose, NewImage, StoredImage } from './image.types.js';
import { findImageType, inspectImage, signatureBytes } from './image-content.js';
import { createImageKey, isCreatedKey } from './image-key.js';

/** What images are kept in; the same for every viewer. */
export interface ImageParts {
  readonly store: ImageStore;
  readonly images: ImageRepository;
  /** Told when an image that nobody needs could not be deleted; `images:sweep` finds it later. */
  readonly onLeftBehind: (key: string, error: unknown) => void;
}

/** Pictures of people and of films: stored first, then pointed at by a row, or gone. */
export class ImageService {
  readonly #viewer: Viewer;
  readonly #parts: ImageParts;

  constructor(viewer: Viewer, parts: ImageParts) {
    this.#viewer = viewer;
    this.#parts = parts;
  }

  /**
   * Stores an image while it arrives: all of it, or nothing. Its content alone decides whether it is one. Whoever
   * stores it hands it to `keeping`, or discards it.
   *
   * @throws UnauthenticatedError, ForbiddenError; TooLargeError beyond 5 MiB; UnsupportedMediaError unless it is a JPEG,
   *   PNG or WebP image; UnavailableError when the store cannot be used; whatever reading the content throws
   */
  async store(purpose: ImagePurpose, { content, fileName }: NewImage): Promise<StoredImage> {
    this.#checkStore(purpose);
    const { contentType, content: checked } = await inspectImage(content);
    const key = createImageKey(purpose, fileName);
    await this.#parts.store.put(key, checked, contentType);
    return { key, contentType };
  }

  /**
   * Does the work that points a row at a stored image. When it fails the image goes; when it succeeds, the image that
   * the row pointed at before does.
   *
   * @param image undefined when there is none; then the work is all that happens
   * @param work given the key that the row is to hold; undefined leaves it as it is
   * @param replacedKey what the row holds until then
   */
  async keeping<T>(
    image: StoredImage | undefined,
    work: (key: string | undefined) => Promise<T>,
    replacedKey?: string | null,
  ): Promise<T> {
    try {
      const result = await work(image?.key);
      if (image && replacedKey) await this.#removeUnreferenced(replacedKey);
      return result;
    } catch (error) {
      await this.discard(image);
      throw error;
    }
  }

  /** Removes a stored image that is not needed after all, unless a row points at it. Never fails. */
  async discard(image: StoredImage | undefined): Promise<void> {
    if (image) await this.#removeUnreferenced(image.key);
  }

  /** The kind of a stored image, by its content; undefined when there is none, or it is something else. */
  async findType(key: string): Promise<ImageContentType | undefined> {
    if (!mayReadImages(this.#viewer)) throw new ForbiddenError();
    if (!isObjectKey(key)) return undefined;
    return findImageType(Buffer.from(await this.#parts.store.readHead(key, signatureBytes)));
  }

  /** Where anyone can see an image: the address of a key; one that begins with `http` is an address already. */
  urlOf(key: string): string;
  urlOf(key: string | null): string | null;
  urlOf(key: string | null): string | null {
    return key === null || key.startsWith('http') ? key : this.#parts.store.urlOf(key);
  }

  // A commit may have succeeded although we were told that it failed: the rows decide.
  async #removeUnreferenced(key: string): Promise<void> {
    if (!isCreatedKey(key)) return;
    try {
      const referenced = await this.#parts.images.findReferenced([key]);
      if (!referenced.has(key)) await this.#parts.store.delete(key);
    } catch (error) {
      this.#parts.onLeftBehind(key, error);
    }
  }

  #checkStore(purpose: ImagePurpose): void {
    if (mayStoreImage(this.#viewer, purpose)) return;
    throw this.#viewer.kind === 'anonymous' ? new UnauthenticatedError() : new ForbiddenError();
  }
}
