import type { Statement } from '../../support/conformance.js';
import type { WireRequest } from '../../support/wire.js';

/** A statement in short: everything is a MUST. A path alone is read. */
export type Row = readonly [
  id: string,
  source: string,
  says: string,
  request: string | WireRequest,
  expect: Statement['expect'],
  ...given: WireRequest[],
];

export function toStatement([id, source, says, asked, expect, ...given]: Row): Statement {
  const request = typeof asked === 'string' ? { path: asked } : asked;
  return { id, level: 'MUST', source, says, request, expect, given };
}

export const create = (body: unknown): WireRequest => ({ method: 'POST', path: '/user', body });

export function answers(status: number, body: unknown, headers: Record<string, string> = {}): Statement['expect'] {
  return { status, body, headers };
}

export function refused(status: number, detail: string, headers: Record<string, string> = {}): Statement['expect'] {
  return { status, body: { detail }, headers };
}

/** 400, where FastAPI says 422 (U1). */
export function invalid(...detail: readonly object[]): Statement['expect'] {
  return { status: 400, body: { detail } };
}

export const missing = (name: string, input: unknown) => ({
  type: 'missing',
  loc: ['body', name],
  msg: 'Field required',
  input,
});

export const noText = (name: string, input: unknown) => ({
  type: 'string_type',
  loc: ['body', name],
  msg: 'Input should be a valid string',
  input,
});

export const tooShort = (input: string) => ({
  type: 'string_too_short',
  loc: ['body', 'name'],
  msg: 'String should have at least 3 characters',
  input,
  ctx: { min_length: 3 },
});

export const tooLong = (input: string) => ({
  type: 'string_too_long',
  loc: ['body', 'name'],
  msg: 'String should have at most 50 characters',
  input,
  ctx: { max_length: 50 },
});

export const mismatch = (input: string) => ({
  type: 'string_pattern_mismatch',
  loc: ['body', 'name'],
  msg: "String should match pattern '^[a-zA-Z ]+$'",
  input,
  ctx: { pattern: '^[a-zA-Z ]+$' },
});

export function noEmail(input: string, reason: string) {
  const msg = `value is not a valid email address: ${reason}`;
  return { type: 'value_error', loc: ['body', 'email'], msg, input, ctx: { reason } };
}

/** The demo's people. */
export const people = [
  { name: 'John Doe', email: 'john@example.com', id: 1 },
  { name: 'Jane Smith', email: 'jane@example.com', id: 2 },
  { name: 'Bob Wilson', email: 'bob@example.com', id: 3 },
];
