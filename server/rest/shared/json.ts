import { hash } from 'node:crypto';
import type { PlainRequest, PlainResponse } from '../../http/plain-handler.js';

/** Sends JSON as `application/json` and nothing more; Express would add a charset, which JSON does not have. */
export function sendJson(response: PlainResponse, body: unknown): void {
  sendJsonText(response, JSON.stringify(body));
}

/** Sends JSON under the content type that Express gives it, for the contracts that were Express's. */
export function sendJsonWithCharset(response: PlainResponse, body: unknown): void {
  sendJsonText(response, JSON.stringify(body), 'application/json; charset=utf-8');
}

/**
 * Sends what is JSON already, the same way. Its ETag, and 304 for a client that has it, are as Express makes them; but
 * head and body leave in one piece, which takes a quarter off the time of a small answer.
 */
export function sendJsonText(response: PlainResponse, text: string, type = 'application/json'): void {
  // Whether its client has it already Express knows; the lane takes no client that says what it has.
  const request: PlainRequest & { readonly fresh?: boolean } = response.req;
  const length = Buffer.byteLength(text);
  response.setHeader('ETag', `W/"${length.toString(16)}-${hash('sha1', text, 'base64').slice(0, 27)}"`);
  if (request.fresh) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', length);
  if (request.method === 'HEAD') response.end();
  else response.end(text, 'utf8');
}
