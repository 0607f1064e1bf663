import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RateLimitedError } from '../domain/errors.js';
import type { LimitState, RateLimiter, RateLimiters } from '../domain/rate-limiter.js';
import { currentRequest } from '../domain/request-context.js';
import type { Viewer } from '../domain/viewer.js';
import { addressOf } from './address.js';
import type { PlainHandler, PlainRequest, PlainResponse } from './plain-handler.js';

/** How RateLimit-Policy and RateLimit name what they speak of. */
const policy = 'requests';
const windowSeconds = 60;
/** Credentials whose viewers are remembered. */
const maxKnownCredentials = 10_000;

/** Counts what everyone asks for: a request is a point, and what costs more takes more. */
export interface RequestLimit {
  /** Comes first in every protocol. Fails with RateLimitedError, and says in every response what is left. */
  readonly enter: PlainHandler;
  /** Takes more of whoever sent the request. @throws RateLimitedError */
  charge(response: PlainResponse, points: number): Promise<void>;
}

/**
 * Limits requests by viewer, and by address for those who are not known to be anyone: a credential counts as the viewer
 * it turned out to be, from its second request on, so that inventing credentials gains nothing.
 *
 * @param pointsPerMinute of a viewer, and of an address
 */
export function createRequestLimit(limiters: RateLimiters, pointsPerMinute: number): RequestLimit {
  const quota = pointsPerMinute;
  const limiter = limiters.open({ name: policy, quota, windowSeconds });
  const viewers = new LRUCache<string, string>({ max: maxKnownCredentials });
  return {
    enter: async (request, response, next) => {
      const credential = credentialOf(request);
      const key = (credential && viewers.get(credential)) ?? `address ${addressOf(request)}`;
      response.locals['limitKey'] = key;
      if (credential) rememberViewer({ response, credential, viewers });
      await take({ limiter, quota, response, key });
      next();
    },
    charge: (response, points) => take({ limiter, quota, response, key: String(response.locals['limitKey']), points }),
  };
}

interface Taking {
  readonly limiter: RateLimiter;
  readonly quota: number;
  readonly response: PlainResponse;
  readonly key: string;
  readonly points?: number;
}

async function take({ limiter, quota, response, key, points }: Taking): Promise<void> {
  try {
    const state = await limiter.take(key, points);
    if (state.quota > 0) setHeaders(response, state);
  } catch (error) {
    if (error instanceof RateLimitedError) {
      setHeaders(response, { quota, windowSeconds, remaining: 0, resetSeconds: error.retryAfterSeconds });
    }
    throw error;
  }
}

/** draft-ietf-httpapi-ratelimit-headers-10: the quota and its window, and what is left until when. */
function setHeaders(
  response: PlainResponse,
  { quota, windowSeconds: window, remaining, resetSeconds }: LimitState,
): void {
  response.setHeader('RateLimit-Policy', `"${policy}";q=${quota};w=${window}`);
  response.setHeader('RateLimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
}

interface Remembering {
  readonly response: PlainResponse;
  readonly credential: string;
  readonly viewers: LRUCache<string, string>;
}

function rememberViewer({ response, credential, viewers }: Remembering): void {
  const request = currentRequest();
  response.once('finish', () => {
    const key = request && keyOf(request.viewer);
    if (key !== undefined) viewers.set(credential, key);
    else if (response.statusCode === 401) viewers.delete(credential);
  });
}

function keyOf(viewer: Viewer): string | undefined {
  if (viewer.kind === 'user') return `user ${viewer.userId}`;
  return viewer.kind === 'service' ? `service ${viewer.clientId}` : undefined;
}

/** The request's credentials as one text that is none; undefined when it has none. */
function credentialOf({ headers }: PlainRequest): string | undefined {
  const { authorization, cookie } = headers;
  const apiKey = headers['x-api-key'];
  if (apiKey === undefined && authorization === undefined && cookie === undefined) return undefined;
  return createHash('sha256')
    .update(JSON.stringify([apiKey, authorization, cookie]))
    .digest('base64');
}
