import cors from 'cors';
import type { PlainHandler } from './plain-handler.js';

/** Response headers that pages of other origins may read. */
const exposedHeaders = ['x-request-id', 'ratelimit', 'ratelimit-policy', 'retry-after', 'idempotency-replayed', 'etag'];
const preflightSeconds = 600;

/**
 * Lets pages of these origins read answers, with credentials (Fetch standard, 3.2); `*` lets every origin, without.
 * Requests of other origins are served all the same: it is their browser that keeps the answer from them.
 */
export function allowOrigins(origins: readonly string[]): PlainHandler {
  if (origins.length === 0) return (_request, _response, next) => next();
  const every = origins.includes('*');
  return cors({ origin: every ? '*' : [...origins], credentials: !every, exposedHeaders, maxAge: preflightSeconds });
}
