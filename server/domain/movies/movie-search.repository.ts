import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../../database/database.js';
import { escapeLike, isStorableText } from '../text.js';

/** A folded text to be found within a folded column of a film. */
export interface TextSearch {
  readonly column: 'search_text' | 'sort_title' | 'director_key';
  /** Not empty. */
  readonly text: string;
}

/** A search text as the index knows it: in trigrams or, when it is shorter, as the beginning of some. */
type Lookup = { readonly trigrams: readonly string[] } | { readonly beginning: string };

/** No film's text is longer (`movie.entity.ts`). */
const maxTextLength = 600;
/** Enough to leave few films to compare; each one more costs a look into the index. */
const maxTrigrams = 12;

const never = sql<SqlBool>`1 = 0`;

/** What only an engine knows of its index (migrations 20261122000200 and 20261125000100). */
interface SearchIndex {
  /** The pieces that its trigrams have three of. */
  cut(text: string): string[];
  /** Films that the index has for a lookup: all that match, and perhaps others. */
  has(lookup: Lookup): RawBuilder<SqlBool>;
}

const indexes: Readonly<Record<Database['engine'], SearchIndex>> = {
  sqlite: {
    cut: (text) => Array.from(text),
    has: (lookup) => {
      if ('trigrams' in lookup) {
        const query = lookup.trigrams.map((trigram) => `"${trigram.replaceAll('"', '""')}"`).join(' AND ');
        return sql<SqlBool>`movies.id in (select rowid from movies_fts where movies_fts match ${query})`;
      }
      const { beginning } = lookup;
      const end = `${beginning}\u{10FFFF}`;
      return sql<SqlBool>`movies.id in (select doc from movies_terms_fts where term >= ${beginning} and term < ${end})`;
    },
  },
  mysql: {
    cut: (text) => Buffer.from(text).toString('hex').match(/../g) ?? [],
    has: (lookup) => {
      const words = 'trigrams' in lookup ? lookup.trigrams : [`${lookup.beginning}*`];
      const query = words.map((word) => `+${word}`).join(' ');
      return sql<SqlBool>`match (movies.search_grams_fts) against (${query} in boolean mode)`;
    },
  },
};

/**
 * Conditions that hold for exactly the films which have every one of these texts in its column. The index finds films
 * that may have them, and comparing decides. Single ASCII characters are no matter of this index: where there is nothing
 * else, films are only compared, and it is the caller who narrows them down (`movie-letter.repository.ts`).
 */
export function containsAll(engine: Database['engine'], searches: readonly TextSearch[]): RawBuilder<SqlBool>[] {
  if (searches.length === 0) return [];
  if (searches.some(({ text }) => text.length > maxTextLength || !isStorableText(text))) return [never];
  const index = indexes[engine];
  const lookup = findLookup(
    searches.map(({ text }) => text),
    (text) => index.cut(text),
  );
  return [...(lookup ? [index.has(lookup)] : []), ...searches.map((search) => contains(search))];
}

/** Compares by bytes; `%` and `_` stand for themselves. */
function contains({ column, text }: TextSearch): RawBuilder<SqlBool> {
  return sql<SqlBool>`${sql.ref(`movies.${column}`)} like ${`%${escapeLike(text)}%`} escape '!'`;
}

/** How a search for all these texts uses the index; undefined when all are single ASCII characters. */
function findLookup(texts: readonly string[], cut: (text: string) => string[]): Lookup | undefined {
  const pieces = texts.map((text) => cut(text)).sort((a, b) => b.length - a.length);
  const trigrams = [...new Set(pieces.flatMap((each) => trigramsOf(each)))].slice(0, maxTrigrams);
  if (trigrams.length > 0) return { trigrams };
  const [longest] = texts.toSorted((a, b) => Buffer.byteLength(b) - Buffer.byteLength(a));
  return longest !== undefined && Buffer.byteLength(longest) > 1 ? { beginning: cut(longest).join('') } : undefined;
}

/** Trigrams that cover a text: side by side, and the last. None of a text that is too short for one. */
function trigramsOf(pieces: readonly string[]): string[] {
  const starts = pieces.map((_piece, index) => index).filter((index) => index % 3 === 0 && index + 3 < pieces.length);
  return pieces.length < 3
    ? []
    : [...starts, pieces.length - 3].map((start) => pieces.slice(start, start + 3).join(''));
}
