import { createHash, randomBytes } from 'node:crypto';

/** Characters of a key that lists show, so that owners can tell their keys apart. */
const prefixLength = 10;

/** A new key of 256 random bits, with a prefix that secret scanners can look for. */
export function createApiKey(): string {
  return `fg_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a key, in hex: enough to recognise it, not to use it. A high-entropy secret needs no salt. */
export function hashApiKey(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}

/** The part of a key that may be shown again. */
export function prefixOf(apiKey: string): string {
  return apiKey.slice(0, prefixLength);
}
