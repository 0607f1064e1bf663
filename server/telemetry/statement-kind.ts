import type { StatementKind } from './metrics.js';

const kinds = ['select', 'insert', 'update', 'delete'] as const;
/** A union may begin with a bracket, a query with its common tables. */
const firstWord = /^[\s(]*([a-z]+)/i;

/** What a statement does, by its first word. */
export function statementKindOf(sql: string): StatementKind {
  const word = firstWord.exec(sql)?.[1]?.toLowerCase();
  if (word === 'with') return 'select';
  return kinds.find((kind) => kind === word) ?? 'other';
}
