import type { Statement } from '../../support/conformance.js';
import type { WireRequest } from '../../support/wire.js';
import { film } from './films.js';

/** A statement in short: everything is a MUST, and asked by a person whose token is good unless it says otherwise. */
export type Row = readonly [
  id: string,
  source: string,
  says: string,
  request: string | (Omit<WireRequest, 'headers'> & { readonly headers?: Record<string, string> }),
  expect: Statement['expect'],
];

export function toStatement([id, source, says, asked, expect]: Row): Statement {
  const request = typeof asked === 'string' ? { path: asked } : asked;
  const headers = request.headers ?? { authorization: 'Bearer person' };
  return { id, level: 'MUST', source, says, request: { ...request, headers }, expect };
}

/** A page with these films, of as many in all unless said otherwise. */
export function page(
  ids: readonly number[],
  { number = 1, size = 20, total = ids.length }: { number?: number; size?: number; total?: number } = {},
): Statement['expect'] {
  const numbers = { page: number, page_size: size, total_items: total, total_pages: Math.ceil(total / size) };
  return { status: 200, body: { items: ids.map((id) => film(id)), ...numbers, pagination: numbers } };
}

export function refused(status: number, detail: string, headers: Record<string, string> = {}): Statement['expect'] {
  return { status, headers, body: { detail } };
}

export function unauthorized(detail: string): Statement['expect'] {
  return refused(401, detail, { 'www-authenticate': 'Bearer' });
}

export function absent(id: string): Statement['expect'] {
  return { status: 404, body: { detail: 'Movie not found', message: `Movie with id ${id} not found` } };
}

type Loc = readonly [part: string, name: string];

export function invalid(...items: readonly object[]): Statement['expect'] {
  return { status: 422, body: { detail: items } };
}

export function noInteger(loc: Loc, input: string) {
  const msg = 'Input should be a valid integer, unable to parse string as an integer';
  return { type: 'int_parsing', loc, msg, input };
}

export function tooSmall(name: string, input: string, ge: number) {
  const msg = `Input should be greater than or equal to ${ge}`;
  return { type: 'greater_than_equal', loc: ['query', name], msg, input, ctx: { ge } };
}

export function tooLarge(name: string, input: string, le: number) {
  const msg = `Input should be less than or equal to ${le}`;
  return { type: 'less_than_equal', loc: ['query', name], msg, input, ctx: { le } };
}

export function tooLong(name: string, input: string, length: number) {
  const msg = `String should have at most ${length} characters`;
  return { type: 'string_too_long', loc: ['query', name], msg, input, ctx: { max_length: length } };
}

export const missingQ = { type: 'missing', loc: ['query', 'q'], msg: 'Field required', input: null };
