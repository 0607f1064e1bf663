import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import type { ImagePurpose } from './image.types.js';

/** The part of a key before its slash (contracts 5, C13). */
export const imagePrefixes = {
  profile: 'fotos_perfil',
  poster: 'fotos_publicas',
} as const satisfies Record<ImagePurpose, string>;

/**
 * A key that nobody can guess, in the documented form: `<prefix>/<32 hex><lower-cased extension or .jpg>`. The extension
 * is the sender's, and says nothing about the content; one that is no plain word counts as none.
 */
export function createImageKey(purpose: ImagePurpose, fileName: string | undefined): string {
  const extension = extname(fileName ?? '').toLowerCase();
  const suffix = /^\.[a-z0-9]{1,10}$/.test(extension) ? extension : '.jpg';
  return `${imagePrefixes[purpose]}/${randomBytes(16).toString('hex')}${suffix}`;
}

/** Whether a key is one that `createImageKey` made: others are not ours to delete. */
export function isCreatedKey(key: string): boolean {
  return /^(fotos_perfil|fotos_publicas)\/[0-9a-f]{32}\.[a-z0-9]{1,10}$/.test(key);
}
