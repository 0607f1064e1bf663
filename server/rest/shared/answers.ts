import type { ErrorRequestHandler } from 'express';
import { type DomainError, type DomainErrorCode, findDomainError } from '../../domain/errors.js';
import type { PlainResponse } from '../../http/plain-handler.js';
import { requestIdOf } from '../../http/request-id.js';
import type { Logger } from '../../logger.js';

/** What a refused request is answered; the body is each dialect's own. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A dialect itself refuses a request, before the domain hears of it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(readonly answer: Answer) {
    super(`refused with ${answer.status}`);
  }
}

/** The domain's errors in a dialect's words; a code without an entry does not compile. */
export type DomainAnswers = { readonly [Code in DomainErrorCode]: (error: ErrorOf<Code>) => Answer };

type ErrorOf<Code extends DomainErrorCode> = Extract<DomainError, { readonly code: Code }>;

/** Everything that can go wrong, in one dialect's words. */
export interface Answers {
  readonly domain: DomainAnswers;
  /** The router could not decode the path. */
  readonly undecodablePath: Answer;
  /** What nobody expected. */
  readonly fault: Answer;
  readonly send: (response: PlainResponse, answer: Answer) => void;
}

/**
 * A dialect's last handler. Whatever was thrown becomes an answer of that dialect; what nobody expected is logged with
 * the request's id and hidden.
 */
export function answerErrors(logger: Logger, answers: Answers): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const known = findAnswer(error, answers);
    const requestId = requestIdOf(response);
    // While the service is overloaded or its database away there are many of these, and no stack says more than the next.
    if (known?.status === 503) logger.warn({ requestId, reason: reasonOf(error) }, 'request refused');
    else if (!known || known.status >= 500) logger.error({ requestId, err: error }, 'request failed');
    answers.send(response, known ?? answers.fault);
  };
}

/** Sets what an answer is, beside its body. */
export function setHead(response: PlainResponse, { status, headers = {} }: Answer): void {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** An answer that says when to come back (RFC 9110, 10.2.3). */
export function retryLater(answer: Answer, seconds: number): Answer {
  return { ...answer, headers: { ...answer.headers, 'Retry-After': String(seconds) } };
}

/** The message of what lies at the bottom of an error. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof Error) return reasonOf(cause);
  return error instanceof Error ? error.message : 'unknown';
}

function findAnswer(error: unknown, { domain, undecodablePath }: Answers): Answer | undefined {
  if (error instanceof Refusal) return error.answer;
  if (error instanceof URIError) return undecodablePath;
  const known = findDomainError(error);
  if (!known) return undefined;
  const present = domain[known.code] as (error: DomainError) => Answer; // an error's code names the entry of its own class
  return present(known);
}
