import { etagOf, isKnown, weakEtagOf } from '../../http/conditional.js';
import { hasCredential } from '../../http/credentials.js';
import type { PlainResponse } from '../../http/plain-handler.js';

/** JSON as Express calls it, with a charset, which it does not need. */
export const jsonWithCharset = 'application/json; charset=utf-8';

/** How JSON is sent. */
export interface JsonStyle {
  /** `application/json` and nothing more, unless said otherwise. */
  readonly type?: string;
  /** Whether the ETag is weak, because a contract says so. */
  readonly weak?: boolean;
}

/** Sends JSON as `application/json` and nothing more; Express would add a charset, which JSON does not have. */
export function sendJson(response: PlainResponse, body: unknown): void {
  sendJsonText(response, JSON.stringify(body));
}

/** Sends JSON under the content type that Express gives it and with a weak ETag, for a contract that has both. */
export function sendJsonWithCharset(response: PlainResponse, body: unknown): void {
  sendJsonText(response, JSON.stringify(body), { type: jsonWithCharset, weak: true });
}

/**
 * Sends what is JSON already. It has an ETag, and a client that has it already is answered 304 (RFC 9110, 13.1.2); whoever
 * keeps it must ask whether it still holds. Head and body leave in one piece, which takes a quarter off the time of a small
 * answer.
 */
export function sendJsonText(
  response: PlainResponse,
  text: string | Buffer,
  { type = 'application/json', weak = false }: JsonStyle = {},
): void {
  const etag = weak ? weakEtagOf(text) : etagOf(text);
  response.setHeader('ETag', etag);
  if (isRead(response) && announce(response, etag)) {
    response.statusCode = 304;
    response.end();
    return;
  }
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Length', Buffer.byteLength(text));
  if (response.req.method === 'HEAD') response.end();
  else response.end(text);
}

function isRead({ req: { method }, statusCode }: PlainResponse): boolean {
  return (method === 'GET' || method === 'HEAD') && statusCode < 300;
}

/** Says who may keep it. @returns whether its client has it already */
function announce(response: PlainResponse, etag: string): boolean {
  const { headers } = response.req;
  const everyones = !hasCredential((name) => headers[name] !== undefined);
  response.setHeader('Cache-Control', everyones ? 'no-cache' : 'private, no-cache');
  return isKnown(headers['if-none-match'], etag);
}
