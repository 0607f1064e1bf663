import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Config } from '../config/storage.js';
import { UnavailableError } from '../domain/errors.js';
import type { Content, ImageStore, SignedUpload, StoredObject, UploadFacts } from './image-store.js';
import { MemoryBudget } from './memory-budget.js';
import { absentAsUndefined, createS3Client, translating } from './s3-client.js';

/** All uploads that are under way at the same time. */
const maxHeldBytes = 64 * 1024 * 1024;
/** Keys are never used twice, so whatever was read once stays right. */
const cacheControl = 'public, max-age=31536000, immutable';

/** Images in a bucket, which everyone reads from there. */
export class S3ImageStore implements ImageStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #baseUrl: string;
  readonly #memory = new MemoryBudget(maxHeldBytes);

  constructor(config: S3Config) {
    this.#client = createS3Client(config);
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

  async find(key: string): Promise<StoredObject | undefined> {
    const head = new HeadObjectCommand({ Bucket: this.#bucket, Key: key });
    const found = await absentAsUndefined(() => this.#client.send(head));
    return found && { key, bytes: found.ContentLength ?? 0, modifiedAt: found.LastModified?.getTime() ?? 0 };
  }

  async readHead(key: string, bytes: number): Promise<Uint8Array> {
    const get = new GetObjectCommand({ Bucket: this.#bucket, Key: key, Range: `bytes=0-${bytes - 1}` });
    const found = await absentAsUndefined(async () => (await this.#client.send(get)).Body?.transformToByteArray());
    return found?.subarray(0, bytes) ?? new Uint8Array();
  }

  /** Length and type are part of the signature, and so is that the key is free: the address works once. */
  async signUpload(key: string, { contentType, bytes, expiresInSeconds }: UploadFacts): Promise<SignedUpload> {
    const facts = { ContentType: contentType, ContentLength: bytes, CacheControl: cacheControl, IfNoneMatch: '*' };
    const put = new PutObjectCommand({ Bucket: this.#bucket, Key: key, ...facts });
    // The length is no header that clients set; they send the bytes, and it follows.
    const headers = {
      'content-type': contentType,
      'cache-control': cacheControl,
      'if-none-match': '*',
    };
    const signableHeaders = new Set(['host', 'content-length', ...Object.keys(headers)]);
    const options = { expiresIn: expiresInSeconds, signableHeaders };
    return { url: await translating(() => getSignedUrl(this.#client, put, options)), headers };
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
