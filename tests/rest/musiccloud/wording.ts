import type { Statement } from '../../support/conformance.js';
import type { WireRequest } from '../../support/wire.js';

/** A statement in short: everything is a MUST. A path alone is read; others say their method with the body. */
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

export const post = (path: string, body: unknown): WireRequest => ({ method: 'POST', path, body });
export const put = (path: string, body: unknown): WireRequest => ({ method: 'PUT', path, body });

export function answers(status: number, body: unknown, headers: Record<string, string> = {}): Statement['expect'] {
  return { status, body, headers };
}

export function refused(status: number, detail: string, headers: Record<string, string> = {}): Statement['expect'] {
  return { status, body: { detail }, headers };
}

type Loc = readonly (string | number)[];

export function invalid(...detail: readonly object[]): Statement['expect'] {
  return { status: 422, body: { detail } };
}

export const missing = (loc: Loc, input: unknown = null) => ({ type: 'missing', loc, msg: 'Field required', input });

export const noText = (loc: Loc, input: unknown) => ({
  type: 'string_type',
  loc,
  msg: 'Input should be a valid string',
  input,
});

export function tooLong(loc: Loc, input: string, length: number) {
  const msg = `String should have at most ${length} characters`;
  return { type: 'string_too_long', loc, msg, input, ctx: { max_length: length } };
}

export function noInteger(loc: Loc, input: unknown) {
  const msg = 'Input should be a valid integer, unable to parse string as an integer';
  return { type: 'int_parsing', loc, msg, input };
}

export function noBoolean(input: unknown) {
  const msg = 'Input should be a valid boolean, unable to interpret input';
  return { type: 'bool_parsing', loc: ['body', 'estado'], msg, input };
}

export function noJson(offset: number, error: string) {
  return { type: 'json_invalid', loc: ['body', offset], msg: 'JSON decode error', input: {}, ctx: { error } };
}

export function noModel(input: unknown) {
  const msg = 'Input should be a valid dictionary or object to extract fields from';
  return { type: 'model_attributes_type', loc: ['body'], msg, input };
}

/** The demo's people and songs, as far as the rows show them. */
export const john = { id: 1, nombre: 'John Doe', email: 'john@example.com', estado: true };
export const songs = [
  { id: 1, titulo: 'Bohemian Rhapsody', artista: 'Queen' },
  { id: 2, titulo: 'Stairway to Heaven', artista: 'Led Zeppelin' },
  { id: 3, titulo: 'Hotel California', artista: 'Eagles' },
  { id: 4, titulo: 'Imagine', artista: 'John Lennon' },
  { id: 5, titulo: 'Smells Like Teen Spirit', artista: 'Nirvana' },
  { id: 6, titulo: 'Billie Jean', artista: 'Michael Jackson' },
  { id: 7, titulo: 'Like a Rolling Stone', artista: 'Bob Dylan' },
  { id: 8, titulo: 'Hey Jude', artista: 'The Beatles' },
  { id: 9, titulo: 'De Música Ligera', artista: 'Soda Stereo' },
  { id: 10, titulo: 'Oye Como Va', artista: 'Santana' },
];
export const added = { message: "Music added to user's library successfully" };
