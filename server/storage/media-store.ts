import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Config, StorageConfig } from '../config/storage.js';
import { isObjectKey } from './image-store.js';
import { absentAsUndefined, createS3Client, translating } from './s3-client.js';

/** Long enough to begin, and to jump about in a film for an evening; short enough not to be passed on. */
const linkLifetimeSeconds = 6 * 60 * 60;

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

/** The store that the configuration asks for. */
export function openMediaStore(config: StorageConfig): MediaStore {
  return config.kind === 's3' ? new S3MediaStore(config) : new DiskMediaStore(config.mediaFolder);
}

class DiskMediaStore implements MediaStore {
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

class S3MediaStore implements MediaStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(config: S3Config) {
    this.#client = createS3Client(config);
    this.#bucket = config.bucket;
  }

  async find(key: string): Promise<MediaSource | undefined> {
    if (!isObjectKey(key)) return undefined;
    const object = { Bucket: this.#bucket, Key: key };
    const found = await absentAsUndefined(() => this.#client.send(new HeadObjectCommand(object)));
    if (!found) return undefined;
    const get = new GetObjectCommand(object);
    const url = await translating(() => getSignedUrl(this.#client, get, { expiresIn: linkLifetimeSeconds }));
    return { kind: 'link', url };
  }
}
