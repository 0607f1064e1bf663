import type { CompiledQuery, LogEvent } from 'kysely';

/** Called after each statement. */
export type OnStatement = (event: LogEvent) => void;

/** Begins to time a statement that the query builder does not run. @returns tells of its end, with what it failed of if it did */
export function timeStatement(
  query: CompiledQuery,
  onStatement: OnStatement | undefined,
): (failure?: { readonly error: unknown }) => void {
  if (!onStatement) return () => {};
  const startedAt = performance.now();
  return (failure) => {
    const event = { query, queryDurationMillis: performance.now() - startedAt };
    onStatement(failure ? { level: 'error', ...failure, ...event } : { level: 'query', ...event });
  };
}
