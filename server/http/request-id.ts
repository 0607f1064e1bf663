import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const wellFormed = /^[\w.-]{1,128}$/;

/** Gives each request an id, the caller's own `x-request-id` when it is well formed, and returns it in the response. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id');
  const id = given && wellFormed.test(given) ? given : randomUUID();
  response.locals['requestId'] = id;
  response.set('x-request-id', id);
  next();
};

/** The id of the request that a response belongs to. */
export function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}
