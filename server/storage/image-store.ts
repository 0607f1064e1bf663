/** Bytes as they arrive. */
export type Content = AsyncIterable<Uint8Array>;

/** Something that is stored, without its bytes. */
export interface StoredObject {
  /** Its name in the store, like `fotos_perfil/0f1e2d3c4b5a69788796a5b4c3d2e1f0.png`. */
  readonly key: string;
  readonly bytes: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** How a client sends an object itself, without us in between. */
export interface SignedUpload {
  readonly url: string;
  /** Sent exactly so, or it is refused. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What a client says of an object before it sends it; nothing else is taken then. */
export interface UploadFacts {
  readonly contentType: string;
  readonly bytes: number;
  readonly expiresInSeconds: number;
}

/**
 * Where images are kept, by key. Every method throws UnavailableError when the place cannot be used; `key` is always
 * one that `isObjectKey` knows.
 */
export interface ImageStore {
  /**
   * Stores the content under the key: all of it, or nothing.
   *
   * @throws whatever the content throws while it is read; then nothing is stored
   */
  put(key: string, content: Content, contentType: string): Promise<void>;
  /** What the key names is gone afterwards, also when there was nothing. */
  delete(key: string): Promise<void>;
  /** The object; undefined when there is none. */
  find(key: string): Promise<StoredObject | undefined>;
  /** The first bytes of an object, fewer when it has fewer; none when there is no such object. */
  readHead(key: string, bytes: number): Promise<Uint8Array>;
  /** Lets whoever has the address send the object once; undefined where clients send everything through this server. */
  signUpload(key: string, facts: UploadFacts): Promise<SignedUpload | undefined>;
  /** Everything whose key begins with `prefix` and a slash, in no particular order. */
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Removes what broken writes left before a moment (milliseconds since the epoch). @returns how many there were */
  removeBroken(before: number): Promise<number>;
  /** Where anyone can read it. */
  urlOf(key: string): string;
}

/**
 * Whether a text names an object: parts of letters, digits, `_`, `-` and inner dots, between slashes, at least two of
 * them. So no key leads out of a folder, or to a hidden file.
 */
export function isObjectKey(text: string): boolean {
  return text.length <= 500 && /^\w[\w.-]*(\/\w[\w.-]*)+$/.test(text);
}
