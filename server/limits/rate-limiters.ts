import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimitedError } from '../domain/errors.js';
import type { Limit, LimitState, RateLimiter, RateLimiters } from '../domain/rate-limiter.js';
import type { LimitOutcome } from '../telemetry/metrics.js';
import type { Redis } from './redis.js';

export interface RateLimitersOptions {
  /** False: whoever asks may. */
  readonly enabled: boolean;
  /** Where several processes count together; undefined: each for itself. */
  readonly redis: Redis | undefined;
  readonly countLimit: (limit: string, outcome: LimitOutcome) => void;
}

/** Limiters that count in Redis and, while it is away or where there is none, in this process. */
export function createRateLimiters({ enabled, redis, countLimit }: RateLimitersOptions): RateLimiters {
  if (!enabled) return { open: () => unlimited };
  return {
    open: (limit) => {
      const options = { keyPrefix: `limit:${limit.name}`, points: limit.quota, duration: limit.windowSeconds };
      const memory = new RateLimiterMemory(options);
      const shared = redis && new RateLimiterRedis({ ...options, storeClient: redis, useRedisPackage: true });
      return new CountingLimiter(limit, { memory, shared, count: (outcome) => countLimit(limit.name, outcome) });
    },
  };
}

interface Stores {
  readonly memory: RateLimiterAbstract;
  readonly shared: RateLimiterAbstract | undefined;
  readonly count: (outcome: LimitOutcome) => void;
}

class CountingLimiter implements RateLimiter {
  readonly #limit: Limit;
  readonly #stores: Stores;

  constructor(limit: Limit, stores: Stores) {
    this.#limit = limit;
    this.#stores = stores;
  }

  async take(key: string, points = 1): Promise<LimitState> {
    try {
      const taken = await this.#run((store) => store.consume(key, points));
      this.#stores.count('passed');
      return this.#stateOf(taken);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      this.#stores.count('refused');
      throw new RateLimitedError(this.#stateOf(refused).resetSeconds);
    }
  }

  async giveBack(key: string, points = 1): Promise<void> {
    await this.#run((store) => store.reward(key, points));
  }

  async reset(key: string): Promise<void> {
    await this.#run((store) => store.delete(key));
  }

  /** In the store that all processes share and, when it does not answer, in this one's own. */
  async #run<T>(work: (store: RateLimiterAbstract) => Promise<T>): Promise<T> {
    const { shared, memory, count } = this.#stores;
    if (!shared) return work(memory);
    try {
      return await work(shared);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw error;
      count('uncounted');
      return work(memory);
    }
  }

  #stateOf({ remainingPoints, msBeforeNext }: RateLimiterRes): LimitState {
    const { quota, windowSeconds } = this.#limit;
    return {
      quota,
      windowSeconds,
      remaining: remainingPoints,
      resetSeconds: Math.max(1, Math.ceil(msBeforeNext / 1000)),
    };
  }
}

const endless: LimitState = { quota: 0, remaining: 0, windowSeconds: 0, resetSeconds: 0 };

const unlimited: RateLimiter = {
  take: async () => endless,
  giveBack: async () => {},
  reset: async () => {},
};
