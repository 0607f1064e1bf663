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
