/** What an image is for. */
export type ImagePurpose = 'profile' | 'poster';

/** An image on its way in. */
export interface NewImage {
  /** Its bytes, read once. */
  readonly content: AsyncIterable<Uint8Array>;
  /** What its sender calls it; of this only the extension is kept. */
  readonly fileName: string | undefined;
}

/** An image that is in the store. Until a row points at its key, it is nobody's. */
export interface StoredImage {
  readonly key: string;
  readonly contentType: ImageContentType;
}

/** The kinds of images that are taken. */
export type ImageContentType = 'image/jpeg' | 'image/png' | 'image/webp';

/** An image that someone is about to send. */
export interface ImageAnnouncement {
  /** The film whose poster it becomes; undefined for the picture of whoever sends it. */
  readonly movieId: number | undefined;
  readonly contentType: ImageContentType;
  readonly bytes: number;
}

/** An announced upload, until it is confirmed. */
export interface ImageUploadRow {
  readonly key: string;
  readonly userId: number;
  readonly movieId: number | null;
  readonly contentType: ImageContentType;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** How to send an announced image, and until when (milliseconds since the epoch). */
export interface UploadInstructions {
  readonly key: string;
  readonly method: 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: number;
}

/** Whose picture an upload became. */
export type ConfirmedUpload = { readonly userId: number; readonly movieId: number | null };
