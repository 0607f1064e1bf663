import { GetObjectCommand, HeadObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Config } from '../config/storage.js';
import { isObjectKey } from './image-store.js';
import type { MediaSource, MediaStore } from './media-store.js';
import { absentAsUndefined, createS3Client, translating } from './s3-client.js';

/** Long enough to begin, and to jump about in a film for an evening; short enough not to be passed on. */
const linkLifetimeSeconds = 6 * 60 * 60;

/** Films in a bucket: clients are sent there, with an address that is signed for them. */
export class S3MediaStore implements MediaStore {
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
