import type { RequestHandler } from 'express';
import type { ObjectSchema } from 'joi';
import { type BodyFault, bodyFaultOf, jsonBody } from '../../http/json-body.js';
import { presentInvalid } from './envelope.js';
import { Refusal, refusal } from './errors.js';

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
 * A request's body as its schema describes it, strings that spell numbers and booleans converted. A body that was not
 * parsed, because it has another content type, reads as an empty one (MIMO 1.5).
 *
 * @throws Refusal (422) with Joi's details of the first field that is wrong
 */
export function parseBody<Body>(schema: ObjectSchema<Body>, body: unknown): Body {
  const { error, value } = schema.validate(body ?? {});
  if (error) throw new Refusal({ status: 422, body: presentInvalid(error.details) });
  return value;
}
