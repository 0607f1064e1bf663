import { UnavailableError } from '../domain/errors.js';
import { weakEtagOf } from './conditional.js';
import type { Door } from './load-shedding.js';
import { type PlainHandler, passAtOnce } from './plain-handler.js';
import { readyAnswer } from './ready-answer.js';

/**
 * Refuses for GraphQL, as its router does.
 *
 * @param before what every request passes there first
 */
export function graphqlDoor(before: readonly PlainHandler[]): Door {
  const { message, code, retryAfterSeconds } = new UnavailableError();
  const text = JSON.stringify({ errors: [{ message, extensions: { code } }] });
  const send = readyAnswer((response) => {
    response.statusCode = 503;
    response.setHeader('Retry-After', retryAfterSeconds);
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(text));
    response.setHeader('ETag', weakEtagOf(text));
    response.end(text);
  });
  return {
    names: ['graphql'],
    refuse: (request, response, path) => {
      if (!isOperation(request.method, path, request.headers.accept) || !passAtOnce(before, request, response)) {
        return false;
      }
      send(response);
      return true;
    },
  };
}

/** Whether it is no page, no file of one, and nothing that is refused for good. */
function isOperation(method: string | undefined, path: string, accept = ''): boolean {
  if (path.length > '/graphql'.length) return false;
  return method === 'POST' || (method === 'GET' && !accept.includes('text/html'));
}
