import type { Request } from 'express';

/** JSON as we send it, and as a client may ask for it with its charset. */
const jsonTypes = ['application/json', 'application/json;charset=utf-8'];

/** Whether `Accept` admits JSON; absent, it admits anything. A header that cannot be parsed admits nothing. */
export function acceptsJson(request: Request): boolean {
  const accept = request.headers.accept;
  return (
    accept === undefined || accept === '*/*' || accept === 'application/json' || request.accepts(jsonTypes) !== false
  );
}
