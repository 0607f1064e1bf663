import type { RequestHandler } from 'express';
import type { Limit, RateLimiters } from '../domain/rate-limiter.js';
import { addressOf } from './address.js';

/**
 * Lets an address send so many requests in a window. Fails with RateLimitedError, which says when the window ends, so
 * that each protocol answers it in its own words.
 */
export function limitByAddress(limiters: RateLimiters, limit: Limit): RequestHandler {
  const limiter = limiters.open(limit);
  return async (request, _response, next) => {
    await limiter.take(addressOf(request));
    next();
  };
}
