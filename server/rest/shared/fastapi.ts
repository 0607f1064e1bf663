/*
 * How FastAPI services spoke, which several of the contracts are: `detail` bodies, 405 with `Allow`, 404 for unknown
 * paths, and validation reports (`pydantic.ts`).
 */
import type { RequestHandler, Router } from 'express';
import type { PlainResponse } from '../../http/plain-handler.js';
import { type Answer, Refusal, setHead } from './answers.js';
import { sendJsonText } from './json.js';
import { acceptsJson } from './negotiation.js';
import type { ValidationItem } from './pydantic.js';
import { writePythonJson } from './python-values.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What handles one path, by method: one handler, or several in a row. */
export type Handlers<Parameters> = Partial<
  Readonly<Record<Method, RequestHandler<Parameters> | readonly RequestHandler<Parameters>[]>>
>;

/**
 * Serves a path: each method by its handler (`HEAD` as `GET`), any other with 405 and what is allowed (contracts 0.3). Who
 * reads and takes no JSON is refused with 406, of which the contracts say nothing (RFC 9110, 12.5.1).
 */
export function route<Parameters>(router: Router, path: string, handlers: Handlers<Parameters>): void {
  const methods = Object.keys(handlers) as Method[]; // the type has no other keys
  for (const method of methods) {
    const own = [handlers[method] ?? []].flat() as RequestHandler[]; // parameters are those of the path
    router[method](path, ...(method === 'get' ? [requireJson, ...own] : own));
  }
  const allowed = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])).join(', ');
  router.all(path, (_request, _response, next) => {
    next(new Refusal({ ...textAnswer(405, 'Method Not Allowed'), headers: { Allow: allowed } }));
  });
}

/** What is read has the `Vary` of its contract; a refusal has none, and says what it depends on. */
const requireJson: RequestHandler = (request, response, next) => {
  if (acceptsJson(request)) return next();
  response.vary('Accept');
  next(refusal(406, 'Not Acceptable'));
};

/** For paths that a dialect owns and does not know. */
export const refuseUnknown: RequestHandler = (_request, _response, next) => {
  next(refusal(404, 'Not Found'));
};

export function textAnswer(status: number, detail: string): Answer {
  return { status, body: { detail } };
}

/** A refusal that says no more than a text. */
function refusal(status: number, detail: string): Refusal {
  return new Refusal(textAnswer(status, detail));
}

/** A report of everything that is wrong, in the order of the fields. */
export function invalidAnswer(detail: readonly ValidationItem[], status = 422): Answer {
  return { status, body: { detail } };
}

/** Sends an answer as JSON without a charset, as FastAPI does, with what it echoes as Python writes it. */
export function sendAnswer(response: PlainResponse, answer: Answer): void {
  setHead(response, answer);
  sendJsonText(response, writePythonJson(answer.body));
}
