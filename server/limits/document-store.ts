import { LRUCache } from 'lru-cache';
import type { Redis } from './redis.js';

/** Documents that clients registered, by the SHA-256 of their text: what Apollo calls a KeyValueCache. */
export interface DocumentStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, document: string): Promise<void>;
  delete(key: string): Promise<boolean>;
}

/** A registration ends after a day; its client then sends the document once more. */
const ttlSeconds = 24 * 60 * 60;
/** Anyone may register, so that the longest documents are not kept, and not endlessly many. */
const maxDocumentLength = 32 * 1024;
const maxKeptLength = 16 * 1024 * 1024;

/**
 * Keeps documents in this process and, for all processes of one service, in Redis. While that is away each process has
 * its own: who asks another one has to send the document again, and that is all.
 */
export function createDocumentStore(redis: Redis | undefined): DocumentStore {
  const own = new LRUCache<string, string>({
    maxSize: maxKeptLength,
    sizeCalculation: (document, key) => document.length + key.length,
    ttl: ttlSeconds * 1000,
  });
  return {
    get: async (key) => {
      const kept = own.get(key);
      if (kept !== undefined) return kept;
      const shared = await orElse(undefined, redis?.get(redisKey(key)));
      if (shared) own.set(key, shared);
      return shared ?? undefined;
    },
    set: async (key, document) => {
      if (document.length > maxDocumentLength) return;
      own.set(key, document);
      await orElse(undefined, redis?.set(redisKey(key), document, { expiration: { type: 'EX', value: ttlSeconds } }));
    },
    delete: async (key) => {
      const known = own.delete(key);
      return (await orElse(0, redis?.del(redisKey(key)))) === 1 || known;
    },
  };
}

/** Keys come from clients: the longest that has a meaning is a hash and Apollo's prefix. */
function redisKey(key: string): string {
  return `document:${key.slice(0, 100)}`;
}

async function orElse<T, F>(fallback: F, work: Promise<T> | undefined): Promise<T | F> {
  try {
    return work ? await work : fallback;
  } catch {
    return fallback;
  }
}
