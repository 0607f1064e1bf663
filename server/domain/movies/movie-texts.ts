import { foldText } from '../text.js';

/** What a film is called, as a source gives it. */
export interface MovieNames {
  readonly title: string;
  readonly year: number | null;
  readonly director: string | null;
  /** The full title where the source has one of its own spelling; else title and year make it. */
  readonly fullTitle?: string;
}

/** The stored texts of a film: its title, and the folded forms that it is ordered and searched by. */
export function movieTexts({ title, year, director, fullTitle }: MovieNames) {
  return {
    title,
    sort_title: foldText(title),
    search_text: foldText(fullTitle ?? (year === null ? title : `${title} (${year})`)),
    director_key: director && foldText(director),
  };
}
