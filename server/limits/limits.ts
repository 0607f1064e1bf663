import type { LimitsConfig } from '../config/limits.js';
import type { RateLimiters } from '../domain/rate-limiter.js';
import type { Logger } from '../logger.js';
import type { LimitOutcome } from '../telemetry/metrics.js';
import { createRateLimiters } from './rate-limiters.js';
import type { Redis } from './redis.js';

/** What the processes of one service keep in common beside the database. */
export interface Limits {
  readonly limiters: RateLimiters;
  /** Undefined: this process is on its own. */
  readonly redis: Redis | undefined;
  close(): void;
}

export interface LimitsParts {
  readonly logger: Logger;
  readonly countLimit: (limit: string, outcome: LimitOutcome) => void;
}

/** Opens what limits are counted in. Does not wait for it: a server starts without Redis. */
export async function openLimits(
  { enabled, redisUrl }: LimitsConfig,
  { logger, countLimit }: LimitsParts,
): Promise<Limits> {
  if (!enabled) logger.warn('RATE_LIMIT=off: nobody is limited');
  // Its client is a fifth of all modules, and is loaded by those who use it.
  const connection = redisUrl === undefined ? undefined : (await import('./redis.js')).openRedis(redisUrl, logger);
  return {
    limiters: createRateLimiters({ enabled, redis: connection, countLimit }),
    redis: connection,
    close: () => connection?.destroy(),
  };
}
