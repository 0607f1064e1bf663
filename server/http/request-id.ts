import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';

const wellFormed = /^[\w.-]{1,128}$/;
/** `Root=1-<seconds>-<random>` of the header that AWS load balancers add. */
const loadBalancerRoot = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?:;|$)/;

/** The id to know a request by: the caller's `x-request-id`, else the load balancer's `x-amzn-trace-id`, else a new one. */
export function requestIdFor(request: Request): string {
  const given = request.get('x-request-id');
  if (given && wellFormed.test(given)) return given;
  return loadBalancerRoot.exec(request.get('x-amzn-trace-id') ?? '')?.[1] ?? randomUUID();
}

/** The id of the request that a response belongs to. */
export function requestIdOf(response: Response): string {
  return String(response.locals['requestId']);
}
