import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import type { IdempotencyRules } from './idempotency.js';
import { asRecord, parseJson } from './json.js';
import type { WireAnswer } from './sealed-answer.js';

/** Codes of errors after which the same mutation may be sent again. */
const retryableCodes = new Set<unknown>(['RATE_LIMITED', 'UNAVAILABLE', 'INTERNAL_SERVER_ERROR']);

/** Idempotency keys in GraphQL: queries change nothing, and some refusals come with the status 200. */
export const graphqlIdempotency: IdempotencyRules = {
  changes: (body) => !isQuery(parseJson(body.toString('utf8'))),
  isRetryable: (answer) => answer.status === 429 || answer.status >= 500 || hasRetryableError(answer),
};

/** Whether a request says that it is a query; what cannot be read is not taken for one. */
function isQuery(request: unknown): boolean {
  const { query, operationName } = asRecord(request);
  if (typeof query !== 'string') return false;
  try {
    const operation = getOperationAST(parse(query, { noLocation: true }), asName(operationName));
    return operation?.operation === OperationTypeNode.QUERY;
  } catch {
    return false;
  }
}

function hasRetryableError({ body }: WireAnswer): boolean {
  const { errors } = asRecord(parseJson(body.toString('utf8')));
  if (!Array.isArray(errors)) return false;
  return errors.some((error) => retryableCodes.has(asRecord(asRecord(error)['extensions'])['code']));
}

function asName(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
