/** The most characters of an integer that Python reads. */
const maxLength = 4300;

/** An integer of any size, or why a text is none. */
export type IntegerText = { readonly value: bigint } | { readonly fault: 'malformed' | 'tooLong' };

/** Reads an integer as pydantic does: blanks around it, a sign, `_` between digits and a fraction of zeros are fine. */
export function readInteger(text: string): IntegerText {
  const trimmed = text.trim();
  if (trimmed.length > maxLength) return { fault: 'tooLong' };
  const [, sign, digits] = /^([+-]?)(\d+(?:_\d+)*)(?:\.0+)?$/.exec(trimmed) ?? [];
  if (digits === undefined) return { fault: 'malformed' };
  const value = BigInt(digits.replaceAll('_', ''));
  return { value: sign === '-' ? -value : value };
}
