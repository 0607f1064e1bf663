/**
 * Folds text for comparing: compatibility-decomposed, accents dropped, lower-cased, blanks collapsed and trimmed.
 * Stored beside the original, so that every engine orders and searches alike, by bytes.
 */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** Escapes `%`, `_` and the escape sign for `LIKE ? ESCAPE '!'`, which every engine reads alike. */
export function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}

/** Whether every engine stores a text and gives it back unchanged: no NUL, no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
