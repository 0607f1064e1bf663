import express, { type Request, type RequestHandler } from 'express';
import { bodyFaultOf } from '../../http/json-body.js';
import { type Answer, Refusal } from './answers.js';
import { invalidAnswer, textAnswer } from './fastapi.js';
import { JsonFault, readPythonJson } from './python-json.js';
import type { RequestBody } from './python-values.js';

/** Bytes of a body, after decompression. */
const maxBodyBytes = 100 * 1024;

/**
 * Reads bodies as FastAPI does: JSON when the media type says so or there is none, and whatever else as text, which no
 * model takes.
 *
 * @param invalidStatus what a body that is not JSON is answered with
 */
export function readFastapiBody(invalidStatus: number): RequestHandler<unknown> {
  const read = express.raw({ limit: maxBodyBytes, type: () => true });
  return (request, response, next) => {
    read(request as Request, response, (error?: unknown) => {
      // the parameters of the path do not matter to it
      const fault = bodyFaultOf(error);
      if (error) return next(fault ? new Refusal(faultAnswers[fault]) : error);
      try {
        request.body = parse(request as Request, invalidStatus);
        next();
      } catch (refusal) {
        next(refusal);
      }
    });
  };
}

/** The body that `readFastapiBody` read. */
export function bodyOf(request: { readonly body?: unknown }): RequestBody {
  return request.body as RequestBody; // put there by `readFastapiBody`, which runs before every route with a body
}

const unreadable = textAnswer(400, 'There was an error parsing the body');
const faultAnswers = {
  malformed: unreadable,
  tooLarge: textAnswer(413, 'Content Too Large'),
  unsupported: textAnswer(415, 'Unsupported Media Type'),
} as const satisfies Record<string, Answer>;

function parse(request: Request, invalidStatus: number): RequestBody {
  const bytes: unknown = request.body;
  if (!Buffer.isBuffer(bytes) || bytes.length === 0) return undefined;
  const contentType = request.get('content-type');
  if (contentType && !isJson(contentType)) return bytes.toString('utf8');
  if (contentType && !isUtf8(contentType)) throw new Refusal(faultAnswers.unsupported);
  try {
    return readPythonJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refusal(error instanceof JsonFault ? faultAnswer(error, invalidStatus) : unreadable);
  }
}

function faultAnswer({ message, offset }: JsonFault, status: number): Answer {
  const item = { type: 'json_invalid', loc: ['body', offset], msg: 'JSON decode error', input: {} } as const;
  return invalidAnswer([{ ...item, ctx: { error: message } }], status);
}

function isJson(contentType: string): boolean {
  return /^application\/(json|[^;/\s]+\+json)\s*(;|$)/i.test(contentType.trim());
}

/** JSON is UTF-8 (RFC 8259, 8.1), whatever else a client may call it. */
function isUtf8(contentType: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1];
  return charset === undefined || /^(utf-?8|us-ascii)$/i.test(charset);
}
