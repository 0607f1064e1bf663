import type { Request, RequestHandler } from 'express';
import type { ImageService } from '../../domain/images/image.service.js';
import type { StoredImage } from '../../domain/images/image.types.js';
import { isStorableText } from '../../domain/text.js';
import { type BodyFault, bodyFaultOf, jsonBody } from '../../http/json-body.js';
import { MultipartError, type MultipartFault, readMultipart } from '../../http/multipart.js';
import type { Refusal } from '../shared/answers.js';
import { toId } from '../shared/ids.js';
import { accountRefusal, refusal } from './errors.js';

const bodyFaults = {
  malformed: () => refusal(400, 'JSON mal formado'),
  tooLarge: () => refusal(413, 'La petición es demasiado grande'),
  unsupported: () => refusal(415, 'Codificación no admitida'),
} satisfies Record<BodyFault, () => Refusal>;

const formFaults = {
  notMultipart: () => refusal(400, 'Formulario mal formado'),
  malformed: () => refusal(400, 'Formulario mal formado'),
  tooLarge: () => refusal(413, 'La petición es demasiado grande'),
  unexpectedFile: () => refusal(400, 'Campo de archivo inesperado'),
} satisfies Record<MultipartFault, () => Refusal>;

/** What a body says, by name; nothing when it was of a type that is not read. */
export type Fields = Readonly<Record<string, unknown>>;

/** A body that may bring a photo. */
export interface Form {
  readonly fields: Fields;
  /** Already stored: whoever reads the form keeps it, or discards it. */
  readonly photo: StoredImage | undefined;
}

/** Parses JSON bodies; what cannot be parsed is refused before anything else is looked at. */
export function readBody(): RequestHandler {
  const parse = jsonBody();
  return (request, response, next) => {
    parse(request, response, (error?: unknown) => {
      const fault = bodyFaultOf(error);
      next(fault ? bodyFaults[fault]() : error);
    });
  };
}

export function fieldsOf({ body }: Request): Fields {
  const parsed: unknown = body;
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

/**
 * Reads a form with the file `foto`, or the same as JSON without one.
 *
 * @throws Refusal (400, 413); TooLargeError, UnsupportedMediaError, UnavailableError as `ImageService.store`
 */
export async function readForm(request: Request, images: ImageService): Promise<Form> {
  if (!request.is('multipart/form-data')) return { fields: fieldsOf(request), photo: undefined };
  try {
    const { fields, file } = await readMultipart(request, {
      field: 'foto',
      receive: (photo) => images.store('profile', photo),
      discard: (photo) => images.discard(photo),
    });
    return { fields: Object.fromEntries(fields), photo: file };
  } catch (error) {
    throw error instanceof MultipartError ? formFaults[error.fault]() : error;
  }
}

/** A text that says something; anything else is as good as absent. @throws Refusal (400) for text that no engine stores */
export function textOf(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (typeof value !== 'string' || value === '') return undefined;
  if (!isStorableText(value)) throw accountRefusal(400, 'Texto no válido');
  return value;
}

/** An id that a row can have, as a number or as digits that spell it; anything else is as good as absent. */
export function idOf(fields: Fields, name: string): number | undefined {
  const value = fields[name];
  const number = typeof value === 'string' && /^[0-9]+$/.test(value) ? Number(value) : value;
  const possible = typeof number === 'number' && Number.isInteger(number) && number > 0;
  return possible ? toId(number) || undefined : undefined;
}
