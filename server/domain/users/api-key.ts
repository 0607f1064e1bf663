import { createHash, randomBytes } from 'node:crypto';

/** A new key of 256 random bits, with a prefix that secret scanners can look for. */
export function createApiKey(): string {
  return `fg_${randomBytes(32).toString('base64url')}`;
}

/** What is stored of a key, in hex: enough to recognise it, not to use it. */
export function hashApiKey(apiKey: string): string {
  return createHash('sha256').update(apiKey).digest('hex');
}
