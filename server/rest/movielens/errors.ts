import type { ErrorRequestHandler, Response } from 'express';
import {
  type ConflictReason,
  type DomainError,
  type DomainErrorCode,
  findDomainError,
  type Resource,
} from '../../domain/errors.js';
import { requestIdOf } from '../../http/request-id.js';
import type { Logger } from '../../logger.js';
import { sendJson } from '../shared/json.js';
import type { ValidationItem } from '../shared/pydantic.js';
import { type ErrorBody, presentError, presentInvalid, type ValidationErrorBody } from './envelope.js';

/** How long a client should wait before it tries again what was unavailable. */
const retryAfterSeconds = 5;
/** Said of every token that is wrong, whatever is wrong with it. */
export const invalidToken = 'Invalid or expired token';

/** What a refused request is answered. */
export interface ErrorAnswer {
  readonly status: number;
  readonly body: ErrorBody | ValidationErrorBody;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The dialect itself refuses a request, before the domain hears of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly answer: ErrorAnswer) {
    super(`refused with ${answer.status}`);
  }
}

/** A refusal that says no more than a text. */
export function refusal(status: number, text: string): Refusal {
  return new Refusal(textAnswer(status, text));
}

export function unauthorized(text: string): Refusal {
  return new Refusal(unauthorizedAnswer(text));
}

/** @param allowed the methods that the path has */
export function methodNotAllowed(allowed: readonly string[]): Refusal {
  return new Refusal({ ...textAnswer(405, 'Method Not Allowed'), headers: { Allow: allowed.join(', ') } });
}

/** A 422 about everything that is wrong with the parameters (MovieLens R5). */
export function invalidParameters(items: readonly ValidationItem[]): Refusal {
  return new Refusal({ status: 422, body: presentInvalid(items) });
}

/** @param id as the client wrote it, in plain digits; ids of any size are looked for (MovieLens R4) */
export function movieNotFound(id: bigint): Refusal {
  return new Refusal({ status: 404, body: { detail: notFoundTexts.movie, message: `Movie with id ${id} not found` } });
}

const notFoundTexts = {
  movie: 'Movie not found',
  rating: 'Rating not found',
  watchlistItem: 'Watchlist item not found',
  user: 'User not found',
  apiKey: 'API key not found',
} satisfies Record<Resource, string>;

const conflictTexts = {
  alreadyRated: 'Movie already rated by user',
  alreadyInWatchlist: 'Movie already in watchlist',
  usernameTaken: 'Username already taken',
  emailTaken: 'Email already registered',
} satisfies Record<ConflictReason, string>;

/** The domain's errors in this dialect's words (MovieLens 4, R11, R12); a code without an entry does not compile. */
const answers = {
  NOT_FOUND: ({ resource }) => textAnswer(404, notFoundTexts[resource]),
  FORBIDDEN: () => textAnswer(403, 'Insufficient permissions'),
  UNAUTHENTICATED: () => unauthorizedAnswer(invalidToken),
  CONFLICT: ({ reason }) => textAnswer(409, conflictTexts[reason]),
  INVALID: ({ field, message }) => ({
    status: 422,
    body: presentInvalid([{ type: 'value_error', loc: ['query', field], msg: message, input: null }]),
  }),
  WRONG_CREDENTIALS: () => unauthorizedAnswer(invalidToken),
  ACCOUNT_DISABLED: () => textAnswer(403, 'Account disabled'),
  RATE_LIMITED: (error) => retryLater(textAnswer(429, 'Too Many Requests'), error.retryAfterSeconds),
  UNAVAILABLE: () => retryLater(textAnswer(503, 'Service Unavailable'), retryAfterSeconds),
} satisfies { [Code in DomainErrorCode]: (error: Extract<DomainError, { code: Code }>) => ErrorAnswer };

/**
 * The dialect's last handler. Whatever was thrown becomes an answer of this dialect; what nobody expected is logged
 * with the request's id and hidden.
 */
export function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const known = findAnswer(error);
    if (!known || known.status >= 500) logger.error({ requestId: requestIdOf(response), err: error }, 'request failed');
    sendAnswer(response, known ?? textAnswer(500, 'Internal server error'));
  };
}

function findAnswer(error: unknown): ErrorAnswer | undefined {
  if (error instanceof Refusal) return error.answer;
  // The router could not decode the path, so there is nothing at it.
  if (error instanceof URIError) return textAnswer(404, 'Not Found');
  const domainError = findDomainError(error);
  return domainError && answerOf(domainError);
}

function answerOf(error: DomainError): ErrorAnswer {
  const present = answers[error.code] as (error: DomainError) => ErrorAnswer; // an error's code names the entry of its own class
  return present(error);
}

function sendAnswer(response: Response, { status, body, headers = {} }: ErrorAnswer): void {
  sendJson(response.status(status).set(headers), body);
}

function textAnswer(status: number, text: string): ErrorAnswer {
  return { status, body: presentError(text) };
}

function unauthorizedAnswer(text: string): ErrorAnswer {
  return { ...textAnswer(401, text), headers: { 'WWW-Authenticate': 'Bearer' } };
}

function retryLater(answer: ErrorAnswer, seconds: number): ErrorAnswer {
  return { ...answer, headers: { 'Retry-After': String(seconds) } };
}
