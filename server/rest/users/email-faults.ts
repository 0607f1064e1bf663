/** An address is none; the message is email-validator's reason. */
export class BadAddress extends Error {
  override readonly name = 'BadAddress';
}

/** What Unicode calls characters without a shape of their own, as far as people type or paste them. */
const names: Readonly<Record<string, string>> = {
  ' ': 'SPACE',
  '\u{a0}': 'NO-BREAK SPACE',
  '\u{ad}': 'SOFT HYPHEN',
  '\u{300}': 'COMBINING GRAVE ACCENT',
  '\u{301}': 'COMBINING ACUTE ACCENT',
  '\u{302}': 'COMBINING CIRCUMFLEX ACCENT',
  '\u{303}': 'COMBINING TILDE',
  '\u{308}': 'COMBINING DIAERESIS',
  '\u{327}': 'COMBINING CEDILLA',
  '\u{200b}': 'ZERO WIDTH SPACE',
  '\u{200c}': 'ZERO WIDTH NON-JOINER',
  '\u{200d}': 'ZERO WIDTH JOINER',
  '\u{200e}': 'LEFT-TO-RIGHT MARK',
  '\u{200f}': 'RIGHT-TO-LEFT MARK',
  '\u{2060}': 'WORD JOINER',
  '\u{3000}': 'IDEOGRAPHIC SPACE',
  '\u{feff}': 'ZERO WIDTH NO-BREAK SPACE',
};

/** @throws BadAddress that lists the characters which are not allowed, when there are any */
export function refuseOthers(text: string, allowed: RegExp, message: string): void {
  const bad = Array.from(text).filter((character) => !allowed.test(character));
  if (bad.length > 0)
    throw new BadAddress(
      `${message}: ${[...new Set(bad.map((character) => displayOf(character)))].sort().join(', ')}.`,
    );
}

/**
 * Refuses what is no letter, number, punctuation or symbol, such as what would change the look of the text around it.
 *
 * @throws BadAddress
 */
export function refuseUnsafe(text: string, { spaces = false }: { readonly spaces?: boolean } = {}): void {
  const bad = Array.from(text).filter((character, index) => {
    if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return false;
    // A mark changes what stands before it, which must not be the @-sign.
    if (/\p{M}/u.test(character)) return index === 0;
    return !(spaces && /\p{Zs}/u.test(character));
  });
  if (bad.length === 0) return;
  const shown = [...new Set(bad)].sort().map((character) => displayOf(character));
  throw new BadAddress(`The email address contains unsafe characters: ${shown.join(', ')}.`);
}

/** How faults of the dots of a text are said. */
interface DotWords {
  readonly atStart: (what: string) => string;
  readonly atEnd: (what: string) => string;
  /** Whether hyphens are as restricted as dots, as in the names of hosts. */
  readonly hyphens?: true;
}

/** Refuses dots, and hyphens in the names of hosts, where none may be. @throws BadAddress */
export function refuseMisplacedDots(text: string, { atStart, atEnd, hyphens }: DotWords): void {
  if (text.endsWith('.')) throw new BadAddress(atEnd('period'));
  if (text.startsWith('.')) throw new BadAddress(atStart('period'));
  if (text.includes('..')) throw new BadAddress('An email address cannot have two periods in a row.');
  if (!hyphens) return;
  if (text.endsWith('-')) throw new BadAddress(atEnd('hyphen'));
  if (text.startsWith('-')) throw new BadAddress(atStart('hyphen'));
  if (/\.-|-\./.test(text)) {
    throw new BadAddress('An email address cannot have a period and a hyphen next to each other.');
  }
}

/** How much too long a text is. */
export function excessOf(length: number, limit: number): string {
  const excess = length - limit;
  return `(${excess} character${excess > 1 ? 's' : ''} too many)`;
}

/** A character in quotes as Python writes it, or its name where it has no shape of its own. */
export function displayOf(character: string): string {
  if (character === '\\' || character === "'") return `"${character}"`;
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return `'${character}'`;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return names[character] ?? `U+${code.padStart(code.length > 4 ? 8 : 4, '0')}`;
}
