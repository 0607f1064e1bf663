import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import type { AnswerCache, Filling, Look } from '../cache/answer-cache.js';
import { captureAnswer } from './capture-answer.js';
import { isKnown } from './conditional.js';
import { hasCredential } from './credentials.js';
import type { PlainRequest } from './plain-handler.js';

/** A complete answer to a GET, as far as it is the same for everyone who asks. */
export interface KeptAnswer {
  /** The path as the route table spells it. */
  readonly route: string | undefined;
  readonly headers: readonly (readonly [name: string, value: OutgoingHttpHeader])[];
  readonly etag: string | undefined;
  /** Text, which leaves with the head in one piece; bytes would be a piece of their own, at twice the cost. */
  readonly body: string | Buffer;
}

/** Headers that are one response's own. */
const ownHeaders = /^(?:date|x-request-id|ratelimit.*|connection|keep-alive)$/;

/**
 * What a request asks, if its answer can be everyone's: a GET or HEAD without a credential and without a body.
 *
 * @param url as the client sent it
 * @returns undefined for any other
 */
export function questionOf({ method, headers }: IncomingMessage, url: string): string | undefined {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (hasCredential((name) => headers[name] !== undefined)) return undefined;
  const { 'content-length': length = '0', 'transfer-encoding': encoding } = headers;
  return length === '0' && encoding === undefined ? `${url}\n${headers.accept ?? ''}` : undefined;
}

/** Sends what was kept, beside the headers that the response has of its own. */
export function sendKept(
  request: IncomingMessage,
  response: ServerResponse,
  { headers, etag, body }: KeptAnswer,
): void {
  const known = isKnown(request.headers['if-none-match'], etag);
  response.statusCode = known ? 304 : 200;
  for (const [name, value] of headers) if (!known || !name.startsWith('content-')) response.setHeader(name, value);
  if (known || request.method === 'HEAD') response.end();
  else if (typeof body === 'string') response.end(body, 'utf8');
  else response.end(body);
}

const isText = (type: unknown) => /^(?:text\/|application\/json\b)/.test(String(type));

/** What a cache answers in. */
export interface Exchange {
  readonly request: PlainRequest;
  readonly response: ServerResponse;
}

/**
 * Answers a public question from a cache, or has it answered and puts that into it. Comes after everything that each
 * request has to pass.
 *
 * @param answer makes the answer, of what it reads before it resolves
 */
export function answerKept(
  cache: AnswerCache<KeptAnswer>,
  exchange: Exchange,
  answer: () => void | Promise<void>,
): void | Promise<void> {
  const { request, response } = exchange;
  const question = questionOf(request, request.originalUrl ?? request.url ?? '');
  if (question === undefined) return answer();
  const go = ({ answer: kept, filling }: Look<KeptAnswer>) => {
    if (kept) {
      if (kept.route !== undefined) request.route = { path: kept.route };
      return sendKept(request, response, kept);
    }
    if (!filling || request.method !== 'GET') return answer();
    fill(exchange, filling);
    return filling.run(answer);
  };
  const look = cache.look(question);
  return look instanceof Promise ? look.then(go) : go(look);
}

/** The same in Express, where what comes next makes the answer. */
export function keepAnswers(cache: AnswerCache<KeptAnswer>): RequestHandler {
  return (request, response, next) => answerKept(cache, { request, response }, next);
}

function fill({ request, response }: Exchange, filling: Filling<KeptAnswer>): void {
  const before = response.getHeaders();
  captureAnswer(response, async ({ status, headers, body }) => {
    if (status !== 200 || headers['set-cookie'] !== undefined) return;
    if (String(headers['cache-control'] ?? '').includes('no-store')) return;
    const own = Object.entries(headers).filter(([name, value]) => before[name] !== value && !ownHeaders.test(name));
    const route = request.route?.path;
    const answer = {
      route: route === undefined ? undefined : [route].flat().join(','),
      headers: own.map(([name, value]) => [name, value as OutgoingHttpHeader] as const), // they were headers before
      etag: typeof headers['etag'] === 'string' ? headers['etag'] : undefined,
      body: isText(headers['content-type']) ? body.toString('utf8') : body,
    };
    filling.keep(answer, body.length + JSON.stringify(answer.headers).length);
  });
}
