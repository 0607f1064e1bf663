import { BadAddress, displayOf, refuseOthers, refuseUnsafe } from './email-faults.js';

/** An address in its parts. */
export interface AddressParts {
  readonly local: { readonly text: string; readonly domain: string };
  /** Whether the part before the @-sign was in quotes. */
  readonly quoted: boolean;
  /** The address without what stood around it. */
  readonly original: string;
  /** Whether it stood in angle brackets. */
  readonly named: boolean;
}

const nameCharacter = String.raw`[\p{L}\p{N}_.!#$%&'*+\-/=?^\x60{|}~]`;
const namedAddress = new RegExp(
  `^\\s*(?:(?:${nameCharacter}+\\s+)*${nameCharacter}+|"[^]+")?\\s*<([^\\n]+)>\\s*$`,
  'u',
);
/** The address of `Name <address>`; any other text as it is. */
export function dropName(input: string): string {
  return namedAddress.exec(input)?.[1] ?? input;
}

/** Splits an address at its first @-sign that is not in quotes. @throws BadAddress */
export function splitAddress(address: string): AddressParts {
  const [left, right] = splitAt(address, ['@', '<']);
  if (!right.startsWith('<')) return toParts(left, right, false);
  checkName(left.trimEnd());
  if (!right.includes('>')) {
    throw new BadAddress(
      'An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.',
    );
  }
  const bracketed = right.replace(/ +$/, '');
  if (!bracketed.endsWith('>')) throw new BadAddress("There can't be anything after the email address.");
  const [local, domain] = splitAt(bracketed.slice(1, -1), ['@']);
  return toParts(local, domain, true);
}

function toParts(left: string, right: string, named: boolean): AddressParts {
  const domain = right.replace(/^@/, '');
  const { text, quoted } = unquote(left);
  return { local: { text, domain }, quoted, original: `${left}@${domain}`, named };
}

function splitAt(text: string, marks: readonly string[]): readonly [left: string, right: string] {
  const characters = Array.from(text);
  let [quoted, escaped] = [false, false];
  for (const [index, character] of characters.entries()) {
    if (isCombined(character, characters[index + 1])) continue;
    if (!quoted && marks.includes(character)) {
      return [characters.slice(0, index).join(''), characters.slice(index).join('')];
    }
    if (character === '"' && !escaped) quoted = !quoted;
    escaped = quoted && character === '\\' && !escaped;
  }
  throw new BadAddress(missingSign(text));
}

/** A mark after a character makes another one of it, when there is one. */
function isCombined(character: string, next: string | undefined): boolean {
  return next !== undefined && /\p{M}/u.test(next) && `${character}${next}`.normalize('NFC')[0] !== character;
}

function missingSign(text: string): string {
  if (text.includes('＠')) {
    return 'The email address has the "full-width" at-sign (@) character instead of a regular at-sign.';
  }
  if (text.includes('﹫')) {
    return 'The email address has the "small commercial at" character instead of a regular at-sign.';
  }
  return 'An email address must have an @-sign.';
}

/** A text without the quotes around it and the backslashes in them. */
function unquote(text: string): { readonly text: string; readonly quoted: boolean } {
  if (!text.startsWith('"')) return { text, quoted: false };
  const [, inner = '', after = ''] = /^"((?:[^"\\]|\\[^])*)(?:"([^]*))?\\?$/.exec(text) ?? [];
  if (after !== '') {
    const list = Array.from(after, (character) => displayOf(character)).join(', ');
    throw new BadAddress(`Extra character(s) found after close quote: ${list}`);
  }
  return { text: inner.replace(/\\([^])/g, '$1'), quoted: true };
}

function checkName(left: string): void {
  const { text, quoted } = unquote(left);
  if (!quoted) {
    const message = 'The display name contains invalid characters when not quoted';
    refuseOthers(text, /[\w!#$%&'*+\-/=?^`{|}~ ]/, message);
  }
  refuseUnsafe(text, { spaces: true });
}
