import { runInRequest } from '../domain/request-context.js';
import {
  createRequestRecord,
  currentRecord,
  type RequestRecord,
  type ServedRequest,
} from '../telemetry/request-record.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import type { PlainHandler, PlainRequest, PlainResponse } from './plain-handler.js';
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
): PlainHandler {
  return (request, response, next) => {
    const start = performance.now();
    const record = createRequestRecord(requestIdFor(request));
    if (beginTrace) record.trace = beginTrace({ method: methodOf(request), traceparent: traceparentOf(request) });
    response.locals['requestId'] = record.requestId;
    response.setHeader('x-request-id', record.requestId);
    response.once('close', () => {
      const served = describe({ request, response, record }, performance.now() - start);
      for (const observe of observers) observe(served);
      observeRequest(served);
    });
    runInRequest(record, next);
  };
}

/** Notes which protocol a request has come to: the last that is asked for it is the one that answers. */
export function enterProtocol(
  name: string,
): (request: PlainRequest, response: PlainResponse, next: () => void) => void {
  return (_request, _response, next) => {
    const record = currentRecord();
    if (record) record.door = name;
    next();
  };
}

interface Exchange {
  readonly request: PlainRequest;
  readonly response: PlainResponse;
  readonly record: RequestRecord;
}

function describe({ request, response, record }: Exchange, durationMs: number): ServedRequest {
  return {
    record,
    method: methodOf(request),
    route: routeOf(request, record),
    path: (request.originalUrl ?? request.url ?? '').split('?', 1)[0] ?? '',
    status: response.statusCode,
    completed: response.writableFinished,
    durationMs,
  };
}

/**
 * Route tables spell whole paths, so a route's own path is all of it; GraphQL is mounted without a route of Express.
 * What a handler is mounted at would be of the client's making.
 */
function routeOf({ route }: PlainRequest, { door }: RequestRecord): string | undefined {
  if (route) return typeof route.path === 'string' ? route.path : route.path.join(',');
  return door === 'graphql' ? '/graphql' : undefined;
}

/** Every request has one; Node's type is of responses too. */
function methodOf({ method = '' }: PlainRequest): string {
  return method;
}

function traceparentOf({ headers }: PlainRequest): string | undefined {
  const { traceparent } = headers;
  return typeof traceparent === 'string' ? traceparent : undefined;
}
