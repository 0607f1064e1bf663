/*
 * How FastAPI services spoke, which several of the contracts are: `detail` bodies, 405 with `Allow`, 404 for unknown
 * paths, and validation reports (`pydantic.ts`).
 */
import type { RequestHandler, Response, Router } from 'express';
import { type Answer, Refusal } from './answers.js';
import { sendJsonText } from './json.js';
import type { ValidationItem } from './pydantic.js';
import { writePythonJson } from './python-values.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** What handles one path, by method: one handler, or several in a row. */
export type Handlers<Parameters> = Partial<
  Readonly<Record<Method, RequestHandler<Parameters> | readonly RequestHandler<Parameters>[]>>
>;

/** Serves a path: each method by its handler (`HEAD` as `GET`), any other with 405 and what is allowed (contracts 0.3). */
export function route<Parameters>(router: Router, path: string, handlers: Handlers<Parameters>): void {
  const methods = Object.keys(handlers) as Method[]; // the type has no other keys
  for (const method of methods) {
    router[method](path, ...([handlers[method] ?? []].flat() as RequestHandler[])); // parameters are those of the path
  }
  const allowed = methods.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()])).join(', ');
  router.all(path, (_request, _response, next) => {
    next(new Refusal({ ...textAnswer(405, 'Method Not Allowed'), headers: { Allow: allowed } }));
  });
}

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
export function sendAnswer(response: Response, { status, body, headers = {} }: Answer): void {
  response.status(status).set(headers);
  sendJsonText(response, writePythonJson(body));
}
