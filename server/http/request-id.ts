import { randomUUID } from 'node:crypto';
import type { PlainRequest, PlainResponse } from './plain-handler.js';

const wellFormed = /^[\w.-]{1,128}$/;
/** `Root=1-<seconds>-<random>` of the header that AWS load balancers add. */
const loadBalancerRoot = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/;

/** The id to know a request by: the caller's `x-request-id`, else the load balancer's `x-amzn-trace-id`, else a new one. */
export function requestIdFor({ headers }: PlainRequest): string {
  const given = headers['x-request-id'];
  if (typeof given === 'string' && wellFormed.test(given)) return given;
  return loadBalancerRoot.exec(String(headers['x-amzn-trace-id'] ?? ''))?.[1] ?? randomUUID();
}

/** The id of the request that a response belongs to. */
export function requestIdOf(response: Pick<PlainResponse, 'locals'>): string {
  return String(response.locals['requestId']);
}
