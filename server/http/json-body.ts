import express, { type RequestHandler } from 'express';

/** Bytes of a JSON body, after decompression. */
export const maxBodyBytes = 100 * 1024;
/** How deep a body may nest: no contract comes near, and echoing a deeper one would overflow the stack. */
const maxDepth = 32;

/** Why a body could not be read. Each edge words it in its own form. */
export type BodyFault = 'malformed' | 'tooLarge' | 'unsupported';

/** Parses `application/json` bodies into `request.body`; other content types leave it undefined. */
export function jsonBody(): RequestHandler {
  const parse = express.json({ limit: maxBodyBytes });
  return (request, response, next) => {
    parse(request, response, (error?: unknown) => {
      if (error) return next(error);
      next(isSafe(request.body) ? undefined : new UnsafeBodyError());
    });
  };
}

/** The body parses as JSON, but nests too deep or redefines `__proto__`. */
class UnsafeBodyError extends Error {
  override readonly name = 'UnsafeBodyError';
  readonly status = 400;
}

/** Which fault an error from `jsonBody` is; undefined when it is none of them. */
export function bodyFaultOf(error: unknown): BodyFault | undefined {
  if (!(error instanceof Error) || !('status' in error)) return undefined;
  if (error.status === 413) return 'tooLarge';
  if (error.status === 415) return 'unsupported';
  return error.status === 400 ? 'malformed' : undefined;
}

/** Whether a parsed body nests no deeper than is good, and redefines no prototype. */
export function isSafe(body: unknown, depth = 0): boolean {
  if (typeof body !== 'object' || body === null) return true;
  if (depth === maxDepth || Object.hasOwn(body, '__proto__')) return false;
  return Object.values(body).every((value) => isSafe(value, depth + 1));
}
