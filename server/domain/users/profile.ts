import { InvalidError } from '../errors.js';
import { isStorableText } from '../text.js';

const maxNameLength = 190;
const maxEmailLength = 320;

/** A name as people give it, trimmed. @throws InvalidError with this field */
export function checkName(field: string, name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > maxNameLength || !isStorableText(trimmed))
    throw new InvalidError(field, `1 to ${maxNameLength} characters`);
  return trimmed;
}

/** @throws InvalidError (username) */
export function checkUsername(username: string | null | undefined): string | null {
  return username == null ? null : checkName('username', username);
}

/** An e-mail address as people give it, trimmed. @throws InvalidError (email) */
export function checkEmail(email: string): string {
  const trimmed = email.trim();
  if (!isStorable(trimmed) || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(trimmed)) {
    throw new InvalidError('email', 'an e-mail address, like ada@example.org');
  }
  return trimmed;
}

/** How two spellings of one address are recognised. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

/**
 * What can be stored of someone, whatever an edge's contract says of names and addresses: some take any text.
 *
 * @throws InvalidError (name, email)
 */
export function checkStorable({ name, email }: { readonly name: string; readonly email: string }): void {
  if (Array.from(name).length > maxNameLength || !isStorableText(name)) {
    throw new InvalidError('name', `at most ${maxNameLength} characters, none of them NUL or half a character`);
  }
  if (!isStorable(email)) {
    throw new InvalidError('email', `at most ${maxEmailLength} characters, none of them NUL or half a character`);
  }
}

/** Lower case can be longer than what was written: it is stored too. */
function isStorable(email: string): boolean {
  return (
    isStorableText(email) && [email, normalizeEmail(email)].every((text) => Array.from(text).length <= maxEmailLength)
  );
}
