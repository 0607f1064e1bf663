/*
 * What email-validator takes for an e-mail address, and what it says of anything else, as pydantic's `EmailStr` asks it:
 * DNS is not asked, and a name before an address in angle brackets is dropped.
 */
import { readDomain } from './email-domain.js';
import { BadAddress, excessOf, refuseMisplacedDots, refuseOthers, refuseUnsafe } from './email-faults.js';
import { dropName, splitAddress } from './email-parts.js';

/** The most characters that pydantic hands on. */
const maxInputLength = 2048;
/** The most bytes of an address (RFC 5321, errata 1690). */
const maxBytes = 254;

const dotAtom = /^[\w!#$%&'*+\-/=?^`{|}~]+(?:\.[\w!#$%&'*+\-/=?^`{|}~]+)*$/;
const wideDotAtom = /^[\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10FFFF}]+(?:\.[\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10FFFF}]+)*$/u;
const localCharacter = /[.\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10FFFF}]/u;
const quotedCharacter = /[\u{20}-\u{7E}\u{80}-\u{10FFFF}]/u;

/** Mailboxes whose names mean the same in any case (RFC 2142). */
const commonMailboxes = new Set(
  'info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp'.split(' '),
);

/** Reads an address: its normal form (the domain in lower case, the rest composed), or why it is none. */
export function readEmail(input: string): { readonly address: string } | { readonly reason: string } {
  try {
    return { address: read(input) };
  } catch (error) {
    if (error instanceof BadAddress) return { reason: error.message };
    throw error;
  }
}

function read(input: string): string {
  if (Array.from(input).length > maxInputLength) {
    throw new BadAddress(`Length must not exceed ${maxInputLength} characters`);
  }
  if (/[\r\n]/.test(input)) throw new BadAddress('Carriage return and line feed characters are not allowed');
  const { local, quoted, original, named } = splitAddress(dropName(input).trim());
  checkLocal(local.text, quoted);
  const normal = normalize(local.text, quoted);
  if (quoted) throw new BadAddress('Quoting the part before the @-sign is not allowed here.');
  const mailbox = commonMailboxes.has(normal.toLowerCase()) ? normal.toLowerCase() : normal;
  const domain = readDomain(local.domain);
  checkLength(original);
  checkNormalLength(`${mailbox}@${domain.unicode}`, 'after normalization');
  checkNormalLength(`${mailbox}@${domain.ascii}`, 'when the part after the @-sign is converted to IDNA ASCII');
  if (named) {
    throw new BadAddress('A display name and angle brackets around the email address are not permitted here.');
  }
  return `${mailbox}@${domain.unicode}`;
}

function normalize(local: string, quoted: boolean): string {
  const normal = local.normalize('NFC');
  if (normal === local) return local;
  try {
    checkLocal(normal, quoted);
  } catch (error) {
    if (!(error instanceof BadAddress)) throw error;
    throw new BadAddress(`After Unicode normalization: ${error.message}`);
  }
  return normal;
}

/** The part before the @-sign, without its quotes. */
function checkLocal(local: string, quoted: boolean): void {
  if (local === '') throw new BadAddress('There must be something before the @-sign.');
  if (dotAtom.test(local)) return;
  if (wideDotAtom.test(local)) return refuseUnsafe(local);
  if (quoted) {
    refuseOthers(local, quotedCharacter, 'The email address contains invalid characters in quotes before the @-sign');
    return refuseUnsafe(local, { spaces: true });
  }
  refuseOthers(local, localCharacter, 'The email address contains invalid characters before the @-sign');
  refuseMisplacedDots(local, {
    atStart: (what) => `An email address cannot start with a ${what}.`,
    atEnd: (what) => `An email address cannot have a ${what} immediately before the @-sign.`,
  });
}

function checkLength(original: string): void {
  const bytes = Buffer.byteLength(original);
  if (bytes <= maxBytes) return;
  const characters = Array.from(original);
  if (characters.length === bytes) throw tooLong(excessOf(bytes, maxBytes));
  const excess = bytes - maxBytes;
  const widest = Math.max(...characters.map((character) => Buffer.byteLength(character)));
  const least = Math.max(1, Math.floor(excess / widest));
  const range = least === excess ? `${excess}` : `${least}-${excess}`;
  throw tooLong(`(${range} character${excess > 1 ? 's' : ''} too many)`);
}

function checkNormalLength(address: string, when: string): void {
  const excess = Buffer.byteLength(address) - maxBytes;
  if (excess > 0) throw tooLong(`${when} (${excess} byte${excess > 1 ? 's' : ''} too many)`);
}

function tooLong(how: string): BadAddress {
  return new BadAddress(`The email address is too long ${how}.`);
}
