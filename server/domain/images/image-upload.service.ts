import { createHash, randomBytes } from 'node:crypto';
import {
  ForbiddenError,
  InvalidError,
  NotFoundError,
  RateLimitedError,
  TooLargeError,
  UnauthenticatedError,
  UnsupportedMediaError,
} from '../errors.js';
import type { UserViewer, Viewer } from '../viewer.js';
import { mayUploadImage } from './image.policy.js';
import type {
  ConfirmedUpload,
  ImageAnnouncement,
  ImageContentType,
  ImagePurpose,
  ImageUploadRow,
  UploadInstructions,
} from './image.types.js';
import { findImageType, inspectImage, maxImageBytes, signatureBytes } from './image-content.js';
import { createImageKey, isCreatedKey } from './image-key.js';
import { removeExpired, type SweepParts } from './image-sweep.js';

/** How long an announced image may take to arrive and be confirmed. */
const uploadLifetimeSeconds = 15 * 60;
/** Announcements that someone may have open; each may become 5 MiB that nobody confirms. */
const maxOpenUploads = 10;
/** Expired announcements that each new one clears away; so they do not pile up without a sweep. */
const sweptWithEach = 3;

const extensions = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
} as const satisfies Record<ImageContentType, string>;

/** What uploads are kept in; the same for every viewer. */
export interface ImageUploadParts extends SweepParts {
  /** Where this server takes an upload: the secret it is given goes at the end. */
  readonly uploadUrl: string;
  /** Told when the image that a confirmed one replaced could not be deleted. */
  readonly onLeftBehind: (key: string, error: unknown) => void;
}

/** Images that clients send on their own: announced, sent to the store, then confirmed. */
export class ImageUploadService {
  readonly #viewer: Viewer;
  readonly #parts: ImageUploadParts;

  constructor(viewer: Viewer, parts: ImageUploadParts) {
    this.#viewer = viewer;
    this.#parts = parts;
  }

  /**
   * Announces an image and says where to send it: to the bucket itself or, where there is none, to this server.
   *
   * @throws UnauthenticatedError, ForbiddenError, InvalidError (bytes), TooLargeError, NotFoundError (movie),
   *   RateLimitedError when ten are open, UnavailableError
   */
  async create({ movieId, contentType, bytes }: ImageAnnouncement): Promise<UploadInstructions> {
    const purpose = purposeOf(movieId);
    const { userId } = this.#checkUpload(purpose);
    if (bytes < 1) throw new InvalidError('byteSize', 'the number of bytes of the image');
    if (bytes > maxImageBytes) throw new TooLargeError(maxImageBytes);
    await removeExpired(this.#parts, sweptWithEach);
    const key = createImageKey(purpose, `image${extensions[contentType]}`);
    const token = randomBytes(32).toString('base64url');
    const expiresAt = Date.now() + uploadLifetimeSeconds * 1000;
    const facts = { contentType, bytes };
    const signed = await this.#parts.store.signUpload(key, { ...facts, expiresInSeconds: uploadLifetimeSeconds });
    await this.#keep({ key, userId, movieId: movieId ?? null, ...facts, expiresAt }, token);
    const own = { url: `${this.#parts.uploadUrl}/${token}`, headers: { 'content-type': contentType } };
    return { key, method: 'PUT', expiresAt, ...(signed ?? own) };
  }

  /**
   * Takes an announced image on behalf of whoever has its address; the secret in that is their credential. Sent again
   * before it is confirmed, it replaces itself.
   *
   * @throws NotFoundError (image) for an unknown, expired or confirmed one; UnsupportedMediaError, TooLargeError,
   *   UnavailableError; whatever reading the content throws
   */
  async receive(token: string, content: AsyncIterable<Uint8Array>): Promise<void> {
    const upload = await this.#parts.uploads.findByToken(hashOf(token));
    if (!upload) throw new NotFoundError('image');
    const image = await inspectImage(content);
    await this.#parts.store.put(upload.key, image.content, image.contentType);
  }

  /**
   * Makes an image that has arrived the picture of the viewer, or the poster of its film. One that is not what was
   * announced is deleted, with its announcement.
   *
   * @returns whose picture it is now
   * @throws UnauthenticatedError, ForbiddenError; NotFoundError (image) when it was not announced by this viewer, has
   *   not arrived or is too late; TooLargeError, UnsupportedMediaError, UnavailableError
   */
  async confirm(key: string): Promise<ConfirmedUpload> {
    const { userId } = this.#checkUpload('profile');
    const upload = await this.#parts.uploads.findByKey(key);
    if (!upload || upload.userId !== userId) throw new NotFoundError('image');
    this.#checkUpload(purposeOf(upload.movieId ?? undefined));
    await this.#checkArrived(upload);
    const replaced = await this.#parts.uploads.confirm(upload);
    if (replaced) await this.#removeReplaced(replaced);
    return upload;
  }

  async #checkArrived(upload: ImageUploadRow): Promise<void> {
    const { store, uploads } = this.#parts;
    const found = await store.find(upload.key);
    if (!found) throw new NotFoundError('image');
    const contentType = findImageType(Buffer.from(await store.readHead(upload.key, signatureBytes)));
    if (contentType === upload.contentType && found.bytes <= maxImageBytes) return;
    await store.delete(upload.key);
    await uploads.remove(upload.key);
    if (found.bytes > maxImageBytes) throw new TooLargeError(maxImageBytes);
    throw new UnsupportedMediaError(`the ${upload.contentType} that was announced`);
  }

  async #keep(upload: ImageUploadRow, token: string): Promise<void> {
    const terms = { tokenHash: hashOf(token), maxOpen: maxOpenUploads };
    const earliest = await this.#parts.uploads.create(upload, terms);
    if (earliest === undefined) return;
    throw new RateLimitedError(Math.max(1, Math.ceil((earliest - Date.now()) / 1000)));
  }

  async #removeReplaced(key: string): Promise<void> {
    try {
      const referenced = await this.#parts.images.findReferenced([key]);
      if (isCreatedKey(key) && !referenced.has(key)) await this.#parts.store.delete(key);
    } catch (error) {
      this.#parts.onLeftBehind(key, error);
    }
  }

  #checkUpload(purpose: ImagePurpose): UserViewer {
    if (mayUploadImage(this.#viewer, purpose)) return this.#viewer;
    throw this.#viewer.kind === 'anonymous' ? new UnauthenticatedError() : new ForbiddenError();
  }
}

function purposeOf(movieId: number | undefined): ImagePurpose {
  return movieId === undefined ? 'profile' : 'poster';
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
