import type { ImageStore } from '../../storage/image-store.js';
import type { ImageRepository } from './image.repository.js';
import { imagePrefixes, isCreatedKey } from './image-key.js';
import type { ImageUploadRepository } from './image-upload.repository.js';

/** Keys that are looked up at a time. */
const batchSize = 500;

/** What a sweep works on. */
export interface SweepParts {
  readonly store: ImageStore;
  readonly images: ImageRepository;
  readonly uploads: ImageUploadRepository;
}

/** What a sweep removed. */
export interface SweepReport {
  /** Uploads that were announced and not confirmed in time. */
  readonly expired: number;
  /** Images that no row points at. */
  readonly unreferenced: number;
  /** Parts of writes that never ended. */
  readonly broken: number;
}

/** Forgets expired announcements and deletes what was sent for them. @returns how many; `limit` at most */
export async function removeExpired({ store, images, uploads }: SweepParts, limit: number): Promise<number> {
  const expired = await uploads.listExpired(limit);
  const referenced = await images.findReferenced(expired.map(({ key }) => key));
  for (const { key } of expired) {
    if (!referenced.has(key)) await store.delete(key);
    await uploads.remove(key);
  }
  return expired.length;
}

/**
 * Removes what nobody needs: expired announcements, and what was left before a moment by processes that were killed.
 * Only images whose keys this server made are touched; what operators put into the bucket stays.
 *
 * @param before milliseconds since the epoch; an upload must not take as long as this is ago
 * @throws UnavailableError when the store cannot be used
 */
export async function sweepImages(parts: SweepParts, before: number): Promise<SweepReport> {
  let expired = 0;
  for (let found = batchSize; found === batchSize; expired += found) found = await removeExpired(parts, batchSize);
  let unreferenced = 0;
  for await (const keys of oldKeys(parts.store, before)) {
    const referenced = await parts.images.findReferenced(keys);
    for (const key of keys.filter((candidate) => !referenced.has(candidate))) {
      await parts.store.delete(key);
      unreferenced++;
    }
  }
  return { expired, unreferenced, broken: await parts.store.removeBroken(before) };
}

async function* oldKeys(store: ImageStore, before: number): AsyncGenerator<string[]> {
  let batch: string[] = [];
  for (const prefix of Object.values(imagePrefixes)) {
    for await (const { key, modifiedAt } of store.list(prefix)) {
      if (modifiedAt >= before || !isCreatedKey(key)) continue;
      batch.push(key);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
