import type { RequestHandler } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimitedError } from '../domain/errors.js';

/** How many requests an address may send. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/**
 * Lets an address send so many requests in a window, counted in this process. Fails with RateLimitedError, which says
 * when the window ends, so that each protocol answers it in its own words.
 */
export function limitByAddress({ requests, windowSeconds }: RateLimit): RequestHandler {
  const limiter = new RateLimiterMemory({ points: requests, duration: windowSeconds });
  return async (request, _response, next) => {
    try {
      await limiter.consume(request.ip ?? 'unknown');
    } catch (limit) {
      if (!(limit instanceof RateLimiterRes)) throw limit;
      throw new RateLimitedError(Math.ceil(limit.msBeforeNext / 1000));
    }
    next();
  };
}
