import { createHash } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { InvalidError } from '../errors.js';

const minPasswordLength = 8;
const maxPasswordLength = 200;
/** Marks argon2id over the MD5 that an older system kept; such a hash goes at the next login. */
const legacyPrefix = 'md5:';

/**
 * @param minLength characters at the least, for contracts that ask for fewer
 * @throws InvalidError (password)
 */
export function checkPassword(password: string, minLength: number = minPasswordLength): void {
  if (password.length < minLength || password.length > maxPasswordLength) {
    throw new InvalidError('password', `${minLength} to ${maxPasswordLength} characters`);
  }
}

/** Hashes a password with argon2id (RFC 9106), salted. */
export function hashPassword(password: string): Promise<string> {
  return hash(password);
}

/** Takes over a password of which only the MD5, in hex, is known. @throws InvalidError (md5) */
export async function hashLegacyPassword(md5: string): Promise<string> {
  if (!/^[0-9a-f]{32}$/i.test(md5)) throw new InvalidError('md5', '32 hexadecimal digits');
  return legacyPrefix + (await hash(md5.toLowerCase()));
}

/** Whether a stored hash is of an older kind and should be replaced. */
export function isLegacyHash(stored: string): boolean {
  return stored.startsWith(legacyPrefix);
}

/** A hash of nothing anyone knows: verifying against it takes as long as against a real one. */
const decoy: Promise<string> = hash('no account has this password');

/**
 * Whether a password is the one that was hashed. Takes the same time when there is no hash, so that an answer's delay
 * does not tell which e-mail addresses have an account.
 */
export async function verifyPassword(stored: string | null | undefined, password: string): Promise<boolean> {
  if (!stored) {
    await verify(await decoy, password);
    return false;
  }
  if (isLegacyHash(stored)) return verify(stored.slice(legacyPrefix.length), md5Of(password));
  return verify(stored, password);
}

function md5Of(password: string): string {
  return createHash('md5').update(password).digest('hex');
}
