import { DeleteObjectCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '../config.js';
import { UnavailableError } from '../domain/errors.js';
import type { Content, ImageStore, StoredObject } from './image-store.js';
import { MemoryBudget } from './memory-budget.js';

/** All uploads that are under way at the same time. */
const maxHeldBytes = 64 * 1024 * 1024;
/** Of one request; a put of 5 MiB takes far less on any network that a server has. */
const requestTimeoutMs = 15_000;
const connectionTimeoutMs = 3_000;
/** Keys are never used twice, so whatever was read once stays right. */
const cacheControl = 'public, max-age=31536000, immutable';

/** Images in a bucket, which everyone reads from there. */
export class S3ImageStore implements ImageStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #baseUrl: string;
  readonly #memory = new MemoryBudget(maxHeldBytes);

  constructor(config: S3Config) {
    this.#client = createClient(config);
    this.#bucket = config.bucket;
    this.#baseUrl = config.publicBaseUrl ?? `https://${config.bucket}.s3.${config.region}.amazonaws.com`;
  }

  /** S3 wants the length before the first byte, so the content is first read whole, within a budget for all. */
  put(key: string, content: Content, contentType: string): Promise<void> {
    return this.#memory.holding(content, async (body) => {
      const facts = { ContentLength: body.length, ContentType: contentType, CacheControl: cacheControl };
      try {
        await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, ...facts }));
      } catch (error) {
        // It may have arrived all the same, without us hearing of it.
        await this.delete(key).catch(() => undefined);
        throw new UnavailableError({ cause: error });
      }
    });
  }

  delete(key: string): Promise<void> {
    return translating(async () => {
      await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: key }));
    });
  }

  async *list(prefix: string): AsyncIterable<StoredObject> {
    const request = { Bucket: this.#bucket, Prefix: `${prefix}/` };
    const pages = paginateListObjectsV2({ client: this.#client }, request)[Symbol.asyncIterator]();
    for (;;) {
      const page = await translating(() => pages.next());
      if (page.done) return;
      for (const { Key, Size = 0, LastModified } of page.value.Contents ?? []) {
        if (Key && LastModified) yield { key: Key, bytes: Size, modifiedAt: LastModified.getTime() };
      }
    }
  }

  /** There is nothing: a put is one request, which S3 takes whole or not at all. */
  removeBroken(): Promise<number> {
    return Promise.resolve(0);
  }

  urlOf(key: string): string {
    return `${this.#baseUrl}/${key}`;
  }
}

function createClient({ region, endpoint, credentials }: S3Config): S3Client {
  return new S3Client({
    region,
    // Stand-ins have no host name for each bucket.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    ...(credentials && { credentials }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}

/** Whatever S3 refuses is no fault of whoever asked us, and may work later. */
async function translating<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UnavailableError({ cause: error });
  }
}
