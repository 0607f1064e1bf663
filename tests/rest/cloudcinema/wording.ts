import type { Statement } from '../../support/conformance.js';
import type { WireRequest } from '../../support/wire.js';
import { ana } from './stage.js';

/** A statement in short: everything is a MUST. */
export type Row = readonly [
  id: string,
  source: string,
  says: string,
  request: WireRequest | readonly [...given: WireRequest[], request: WireRequest],
  expect: Statement['expect'],
];

export function toStatement([id, source, says, asked, expect]: Row): Statement {
  const requests: readonly WireRequest[] = 'path' in asked ? [asked] : asked;
  const [request = { path: '/' }, ...given] = requests.toReversed();
  return { id, level: 'MUST', source, says, given: given.toReversed(), request, expect };
}

/** A refusal of every path but the account's. */
export function refused(status: number, text: string): Statement['expect'] {
  return { status, body: { ok: false, error: text, message: text } };
}

/** A refusal of an account's path. */
export function accountRefused(status: number, text: string): Statement['expect'] {
  return { status, body: { error: text } };
}

/** Ana sends it, unless someone else is named; null is nobody. */
export function as(person: { readonly authorization: string } | null, request: WireRequest): WireRequest {
  const headers = person ? { authorization: person.authorization } : {};
  return { ...request, headers: { ...headers, ...request.headers } };
}

/** A change of a playlist, by Ana unless someone else is named. */
export function change(
  what: 'add' | 'remove',
  body: unknown,
  person: { readonly authorization: string } | null = ana,
): WireRequest {
  const method = what === 'add' ? 'POST' : 'DELETE';
  return as(person, { method, path: `/user/playlist/${what}`, body });
}

const boundary = 'x-boundary-x';

/** A part of a form: a text, or a file with its name. */
type Part = string | { readonly name: string; readonly bytes: Buffer };

/** A `multipart/form-data` request of these parts, a list for several of one name. */
export function form(request: Omit<WireRequest, 'body'>, parts: Readonly<Record<string, Part>>): WireRequest {
  const written = Object.entries(parts).flatMap(([field, part]) => {
    const file = typeof part === 'string' ? '' : `; filename="${part.name}"\r\ncontent-type: image/png`;
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="${field}"${file}\r\n\r\n`;
    return [Buffer.from(head), typeof part === 'string' ? Buffer.from(part) : part.bytes, Buffer.from('\r\n')];
  });
  const body = Buffer.concat([...written, Buffer.from(`--${boundary}--\r\n`)]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, ...request.headers };
  return { ...request, headers, body };
}
