import type { ErrorRequestHandler, Response } from 'express';
import { type DomainErrorCode, findDomainError } from '../domain/errors.js';
import type { Logger } from '../logger.js';
import { requestIdOf } from './request-id.js';

/** What each of the domain's errors is where images and films are served. */
const statuses = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  UNAUTHENTICATED: 401,
  WRONG_CREDENTIALS: 401,
  ACCOUNT_DISABLED: 403,
  CONFLICT: 409,
  INVALID: 400,
  TOO_LARGE: 413,
  UNSUPPORTED_MEDIA: 415,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
} satisfies Record<DomainErrorCode, number>;

/** Answers what the domain refuses as `{"error": CODE, "message": "..."}`; what nobody expected goes on. */
export function answerFileErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const known = findDomainError(error);
    if (!known || response.headersSent) return next(error);
    const status = statuses[known.code];
    if (status >= 500) logger.error({ requestId: requestIdOf(response), err: error }, 'request failed');
    if (known.code === 'UNAUTHENTICATED') response.set('www-authenticate', 'Bearer');
    if ('retryAfterSeconds' in known) response.set('retry-after', String(known.retryAfterSeconds));
    sendRefusal(response, status, { error: known.code, message: known.message });
  };
}

/** Sends a refusal that nobody may keep, instead of the file whose headers may be there already. */
export function sendRefusal(response: Response, status: number, body: { error: string; message: string }): void {
  for (const name of ['etag', 'last-modified', 'content-type', 'content-length']) response.removeHeader(name);
  response.status(status).set('cache-control', 'no-store').json(body);
}
