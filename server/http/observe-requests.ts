import type { Request, RequestHandler, Response } from 'express';
import { runInRequest } from '../domain/request-context.js';
import {
  createRequestRecord,
  currentRecord,
  type RequestRecord,
  type ServedRequest,
} from '../telemetry/request-record.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { requestIdFor } from './request-id.js';

/**
 * Gives each request an id, which its response returns in `x-request-id`, and a record that whatever serves it can add
 * to.
 *
 * @param observers told in this order, before the telemetry is, when a response is done or its client is gone
 */
export function observeRequests(
  { beginTrace, observeRequest }: Pick<Telemetry, 'beginTrace' | 'observeRequest'>,
  ...observers: ((served: ServedRequest) => void)[]
): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const record = createRequestRecord(requestIdFor(request));
    if (beginTrace) record.trace = beginTrace({ method: request.method, traceparent: request.get('traceparent') });
    response.locals['requestId'] = record.requestId;
    response.set('x-request-id', record.requestId);
    response.once('close', () => {
      const served = describe({ request, response, record }, performance.now() - start);
      for (const observe of observers) observe(served);
      observeRequest(served);
    });
    runInRequest(record, next);
  };
}

/** Notes which protocol a request has come to: the last that is asked for it is the one that answers. */
export function enterProtocol(name: string): RequestHandler {
  return (_request, _response, next) => {
    const record = currentRecord();
    if (record) record.door = name;
    next();
  };
}

interface Exchange {
  readonly request: Request;
  readonly response: Response;
  readonly record: RequestRecord;
}

function describe({ request, response, record }: Exchange, durationMs: number): ServedRequest {
  return {
    record,
    method: request.method,
    route: routeOf(request, record),
    path: request.originalUrl.split('?', 1)[0] ?? '',
    status: response.statusCode,
    completed: response.writableFinished,
    durationMs,
  };
}

/**
 * Route tables spell whole paths, so a route's own path is all of it; GraphQL is mounted without a route of Express.
 * What a handler is mounted at would be of the client's making.
 */
function routeOf(request: Request, { door }: RequestRecord): string | undefined {
  const matched: { readonly path: string | string[] } | undefined = request.route; // Express's types say any
  if (matched) return [matched.path].flat().join(',');
  return door === 'graphql' ? '/graphql' : undefined;
}
