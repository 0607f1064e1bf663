import { foldText } from '../../domain/text.js';

/**
 * Takes a MovieLens title apart. Titles without a trailing "(YYYY)", like those of a range of years, are kept whole.
 *
 * @param fullTitle as the file has it; blanks around it and before the year are no part of the title
 */
export function splitTitle(fullTitle: string): { title: string; year: number | null } {
  const match = /^(.*\S)\s*\((\d{4})\)\s*$/s.exec(fullTitle);
  return { title: (match?.[1] ?? fullTitle).trim(), year: match ? Number(match[2]) : null };
}

/** What two spellings of one title have in common: folded, with a trailing article ("Matrix, The") in its place. */
export function titleKey(title: string): string {
  return foldText(title).replace(/^(.*), (the|an|a)$/s, '$2 $1');
}
