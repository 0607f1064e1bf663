import { isIPv4, isIPv6 } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import { BadAddress, excessOf, refuseMisplacedDots, refuseOthers, refuseUnsafe } from './email-faults.js';

/** A domain as it is looked up, and as people read it. */
export interface Domain {
  readonly ascii: string;
  readonly unicode: string;
}

/** Octets of a domain, and of each of its labels (RFC 1035). */
const maxLength = 253;
const maxLabelLength = 63;

const hostCharacter = /[a-zA-Z0-9\-.\u{80}-\u{10FFFF}]/u;
/** Signs that stand for a dot in domains (UTS 46). */
const dots = /[\u3002\uFF0E\uFF61]/g;
/** Domains that no mail reaches from everywhere; `example.org` and its like may be used. */
const specialDomains = ['arpa', 'invalid', 'local', 'localhost', 'onion', 'test'];

/** Reads what stands after the @-sign. @throws BadAddress */
export function readDomain(written: string): Domain {
  if (written === '') throw new BadAddress('There must be something after the @-sign.');
  if (written.startsWith('[') && written.endsWith(']')) throw refuseLiteral(written.slice(1, -1));
  if (Array.from(written).length > maxLength) {
    throw new BadAddress(
      `The email address is too long after the @-sign ${excessOf(Array.from(written).length, maxLength)}.`,
    );
  }
  refuseOthers(written, hostCharacter, 'The part after the @-sign contains invalid characters');
  refuseUnsafe(written);
  const mapped = written.normalize('NFKC').replace(dots, '.').toLowerCase();
  refuseOthers(
    mapped,
    hostCharacter,
    'The part after the @-sign contains invalid characters after Unicode normalization',
  );
  refuseMisplacedDots(mapped, {
    atStart: (what) => `An email address cannot have a ${what} immediately after the @-sign.`,
    atEnd: (what) => `An email address cannot end with a ${what}.`,
    hyphens: true,
  });
  checkLabels(mapped);
  const ascii = /^[\x20-\x7E]*$/.test(mapped) ? mapped : toAscii(mapped);
  checkAscii(ascii, ascii === written);
  return { ascii, unicode: ascii.includes('xn--') ? toUnicode(ascii) : ascii };
}

/** Labels that look like an encoding, but not of the only one there is. */
function checkLabels(domain: string): void {
  if (domain.split('.').some((label) => /^(?!xn)..--/.test(label))) {
    throw new BadAddress(
      'An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.',
    );
  }
}

function checkAscii(domain: string, asWritten: boolean): void {
  if (domain.length > maxLength) {
    const excess = domain.length - maxLength;
    const encoded = `(${excess} byte${excess === 1 ? '' : 's'} too many after IDNA encoding)`;
    const how = asWritten ? excessOf(domain.length, maxLength) : encoded;
    throw new BadAddress(`The email address is too long after the @-sign ${how}.`);
  }
  const long = domain.split('.').find((label) => label.length > maxLabelLength);
  if (long !== undefined) {
    const how = excessOf(long.length, maxLabelLength);
    throw new BadAddress(`After the @-sign, periods cannot be separated by so many characters ${how}.`);
  }
  const invalid = 'The part after the @-sign is not valid.';
  if (!domain.includes('.')) throw new BadAddress(`${invalid} It should have a period.`);
  if (!/[a-z]$/.test(domain)) throw new BadAddress(`${invalid} It is not within a valid top-level domain.`);
  if (specialDomains.some((special) => domain === special || domain.endsWith(`.${special}`))) {
    throw new BadAddress('The part after the @-sign is a special-use or reserved name that cannot be used with email.');
  }
}

function toAscii(domain: string): string {
  const invalid = 'The part after the @-sign is invalid';
  checkCodepoints(domain, invalid);
  const ascii = domainToASCII(domain);
  if (ascii.split('.').some((label) => label.length > maxLabelLength))
    throw new BadAddress(`${invalid} (Label too long).`);
  if (ascii === '') throw new BadAddress(`${invalid} (it cannot be written in IDNA).`);
  return ascii;
}

function toUnicode(domain: string): string {
  const invalid = 'The part after the @-sign is not valid IDNA';
  const unicode = domainToUnicode(domain);
  checkCodepoints(unicode, invalid);
  if (unicode.includes('xn--') || domainToASCII(unicode) !== domain) throw new BadAddress(`${invalid}.`);
  return unicode;
}

/** IDNA 2008 takes letters, marks and digits, where the older standard takes pictures as well. */
function checkCodepoints(domain: string, invalid: string): void {
  for (const label of domain.split('.')) {
    const place = Array.from(label).findIndex((character) => !/[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}\-·]/u.test(character));
    if (place < 0) continue;
    const code = Array.from(label)[place]?.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0');
    throw new BadAddress(`${invalid} (Codepoint U+${code} at position ${place + 1} of '${label}' not allowed).`);
  }
}

/** An address of a machine in brackets, which is never taken; what else stands there is said first. */
function refuseLiteral(literal: string): BadAddress {
  const tagged = /^ipv6:(.*)$/i.exec(literal)?.[1];
  if (isIPv4(literal) || (tagged !== undefined && isIPv6(tagged) && !tagged.includes('%'))) {
    return new BadAddress('A bracketed IP address after the @-sign is not allowed here.');
  }
  if (tagged !== undefined) return new BadAddress('The IPv6 address in brackets after the @-sign is not valid.');
  if (/^[\d.]+$/.test(literal)) {
    return new BadAddress(
      'The address in brackets after the @-sign is not valid: It is not an IPv4 address or is missing an address literal tag.',
    );
  }
  return new BadAddress(
    literal.includes(':')
      ? 'The part after the @-sign contains an invalid address literal tag in brackets.'
      : 'The part after the @-sign in brackets is not an IPv4 address and has no address literal tag.',
  );
}
