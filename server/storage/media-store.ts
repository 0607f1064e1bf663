import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isObjectKey } from './image-store.js';

/** Where the bytes of a film are. */
export type MediaSource =
  | {
      readonly kind: 'file';
      readonly folder: string;
      readonly path: string;
      readonly bytes: number;
      readonly etag: string;
    }
  | { readonly kind: 'link'; readonly url: string };

/** Where films are kept, by key; we only ever read them. */
export interface MediaStore {
  /** Undefined when there is no such object. @throws UnavailableError when the place cannot be used */
  find(key: string): Promise<MediaSource | undefined>;
}

/** Films in a folder. */
export class DiskMediaStore implements MediaStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async find(key: string): Promise<MediaSource | undefined> {
    if (!isObjectKey(key)) return undefined;
    const found = await stat(join(this.#folder, key), { bigint: true }).catch(() => undefined);
    if (!found?.isFile()) return undefined;
    const etag = `"${found.size.toString(16)}-${found.mtimeNs.toString(16)}"`;
    return { kind: 'file', folder: this.#folder, path: key, bytes: Number(found.size), etag };
  }
}
