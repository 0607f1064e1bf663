import type { ExecutionResult } from 'graphql';
import type { AnswerCache } from '../cache/answer-cache.js';

/** What an operation asks, by which its result is known again. */
export interface AskedOperation {
  /** Of the document's text. */
  readonly queryHash: string;
  readonly operationName: string | undefined;
  readonly variables: unknown;
}

/** Results of queries that nobody in particular asked for. */
export type ResultCache = AnswerCache<ExecutionResult>;

/** What an anonymous query comes to: as it was kept, or by running it, and then it is kept. */
export async function resultOf(
  cache: ResultCache,
  { queryHash, operationName, variables }: AskedOperation,
  run: () => ExecutionResult | Promise<ExecutionResult>,
): Promise<ExecutionResult> {
  const look = cache.look(JSON.stringify([queryHash, operationName, variables]));
  const { answer, filling } = look instanceof Promise ? await look : look;
  if (answer) return answer;
  if (!filling) return run();
  const result = await filling.run(run);
  // What failed may not fail the next time.
  if (result.errors === undefined) filling.keep(result, 2 * JSON.stringify(result).length); // as it is, and as it is sent
  return result;
}
