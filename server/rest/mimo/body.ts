import type { Request, RequestHandler } from 'express';
import type { ObjectSchema, ValidationError } from 'joi';
import { type BodyFault, bodyFaultOf, jsonBody } from '../../http/json-body.js';
import { Refusal } from '../shared/answers.js';
import { presentInvalid } from './envelope.js';
import { refusal } from './errors.js';

const faults = {
  malformed: () => refusal(400, 'Malformed JSON'),
  tooLarge: () => refusal(413, 'Payload Too Large'),
  unsupported: () => refusal(415, 'Unsupported Media Type'),
} satisfies Record<BodyFault, () => Refusal>;

/** Parses JSON bodies; what cannot be parsed is refused before anything else is looked at (MIMO 1 "Common", 1.13 M11). */
export function readBody(): RequestHandler {
  const parse = jsonBody();
  return (request, response, next) => {
    parse(request, response, (error?: unknown) => {
      const fault = bodyFaultOf(error);
      next(fault ? faults[fault]() : error);
    });
  };
}

/**
 * A request's body as its schema describes it, strings that spell numbers and booleans converted. A body of another
 * content type reads as an empty one (MIMO 1.5); where an empty one would do, it is refused all the same, because its
 * sender must not be told that what it says was done.
 *
 * @throws Refusal (422) with Joi's details of the first field that is wrong
 */
export function parseBody<Body>(schema: ObjectSchema<Body>, request: Pick<Request, 'body' | 'headers'>): Body {
  const result = schema.validate(request.body ?? {});
  if (result.error) throw invalidBody(result.error);
  const { error } = isUnread(request) ? schema.validate('') : result;
  if (error) throw invalidBody(error);
  return result.value;
}

function invalidBody({ details }: ValidationError): Refusal {
  return new Refusal({ status: 422, body: presentInvalid(details) });
}

/** There is a body, and it was not parsed. */
function isUnread({ body, headers }: Pick<Request, 'body' | 'headers'>): boolean {
  if (body !== undefined) return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
