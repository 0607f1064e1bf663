import { createHash } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { ConflictError, InvalidError } from '../domain/errors.js';
import type { Claim, IdempotentRequest } from '../domain/idempotency/idempotency.types.js';
import type { Logger } from '../logger.js';
import { addressOf } from './address.js';
import { bufferBody } from './buffer-body.js';
import { captureAnswer } from './capture-answer.js';
import { requestIdOf } from './request-id.js';
import { openAnswer, sealAnswer, type WireAnswer } from './sealed-answer.js';

/** Bytes of a body that is remembered: the largest upload, and the form around it. */
const maxBodyBytes = 6 * 1024 * 1024;
/** Headers that belong to an exchange and not to its answer. */
const ownHeaders =
  /^(x-request-id|date|connection|keep-alive|ratelimit.*|content-length|transfer-encoding|traceparent)$/;

/** Where answers are kept. */
export interface IdempotencyStore {
  claim(request: IdempotentRequest): Promise<Claim>;
  finish(id: string, answer: string): Promise<void>;
  release(id: string): Promise<void>;
}

/** What a protocol says of its own requests. */
export interface IdempotencyRules {
  /** Whether a request changes anything, by its body; a POST does unless said otherwise. */
  readonly changes?: (body: Buffer) => boolean;
  /** Whether an answer says that nothing was done and that the same request may be sent again. */
  readonly isRetryable?: (answer: WireAnswer) => boolean;
}

/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header-07) on POST: of several requests with one key of one
 * sender the first is done, and its answer is given to all that come within a day. Answers of 429 and 5xx are not kept.
 * Fails with InvalidError for a key that cannot be one or that came with another request, with ConflictError
 * (requestInProgress) while the first is being worked out, and with TooLargeError.
 */
export function idempotent(store: IdempotencyStore, logger: Logger, rules: IdempotencyRules = {}): RequestHandler {
  const { changes = () => true, isRetryable = isRefusedForNow } = rules;
  return async (request, response, next) => {
    const key = request.get('idempotency-key');
    if (request.method !== 'POST' || key === undefined) return next();
    if (!/^[\x21-\x7e]{1,255}$/.test(key)) {
      throw new InvalidError('Idempotency-Key', '1 to 255 visible ASCII characters, such as a UUID');
    }
    const body = await bufferBody(request, maxBodyBytes);
    if (!changes(body)) return next();
    const secret = JSON.stringify([key, senderOf(request)]);
    const id = hash('id', secret);
    const claim = await store.claim({ id, fingerprint: fingerprintOf(request, body) });
    if (claim.kind === 'otherRequest') throw new InvalidError('Idempotency-Key', 'a key that no other request had');
    if (claim.kind === 'inProgress') throw new ConflictError('requestInProgress');
    if (claim.kind === 'answered') return replay(response, openAnswer(claim.answer, secret));
    captureAnswer(response, async (answer) => {
      try {
        if (isRetryable(answer)) await store.release(id);
        else await store.finish(id, sealAnswer(withoutOwnHeaders(answer), secret));
      } catch (err) {
        // What was asked is done, and its sender shall hear of it.
        logger.error({ requestId: requestIdOf(response), err }, 'could not keep the answer of an idempotent request');
      }
    });
    next();
  };
}

function isRefusedForNow({ status }: WireAnswer): boolean {
  return status === 429 || status >= 500;
}

function replay(response: Response, { status, headers, body }: WireAnswer): void {
  response.status(status).set('Idempotency-Replayed', 'true');
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  response.end(body);
}

function withoutOwnHeaders({ status, headers, body }: WireAnswer): WireAnswer {
  return {
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.test(name))),
    body,
  };
}

/** Keys of one sender are no business of another's. Someone without a credential is an address. */
function senderOf(request: Request): readonly unknown[] {
  const { authorization, cookie } = request.headers;
  const apiKey = request.headers['x-api-key'];
  const known = [apiKey, authorization, cookie].some((credential) => credential !== undefined);
  return known ? [apiKey, authorization, cookie] : [addressOf(request)];
}

function fingerprintOf({ method, originalUrl, headers }: Request, body: Buffer): string {
  return hash(method, originalUrl, String(headers['content-type']), String(headers['content-encoding']), body);
}

function hash(...parts: readonly (string | Buffer)[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(`${Buffer.byteLength(part)}:`).update(part);
  return digest.digest('hex');
}
