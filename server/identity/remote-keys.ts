import type { KeyObject } from 'node:crypto';
import { type CircuitBreakerPolicy, ConsecutiveBreaker, circuitBreaker, handleAll } from 'cockatiel';
import { UnavailableError } from '../domain/errors.js';
import type { Logger } from '../logger.js';
import type { KeyLoader } from './key-loader.js';
import type { KeySet } from './key-set.js';

/** Finds the key that a token names. */
export interface KeySource {
  /**
   * @param kid undefined for a token that names none
   * @throws UnavailableError when the key is not known and its issuer cannot be asked
   */
  find(kid: string | undefined): Promise<KeyObject | undefined>;
}

/** When an issuer is asked for its keys. */
export interface KeyTiming {
  /** For one attempt. */
  readonly timeoutMs: number;
  /** The least time between attempts in the long run, whatever tokens arrive. */
  readonly cooldownMs: number;
  /** Attempts that may follow each other at once: a key may be new a moment after the last look. */
  readonly burst: number;
  /** Older keys are asked for again. */
  readonly maxAgeMs: number;
  /** After so many failures in a row the issuer is left alone ... */
  readonly failures: number;
  /** ... for so long. */
  readonly pauseMs: number;
}

/**
 * The keys of an issuer elsewhere. They are loaded with the first token, again when a token names an unknown one, and
 * again with age, which valid tokens do not wait for. The last keys that came stay in use for as long as no newer ones
 * can be had: an issuer that is down must not log anyone out.
 */
export class RemoteKeys implements KeySource {
  readonly #load: KeyLoader;
  readonly #logger: Logger;
  readonly #timing: KeyTiming;
  readonly #breaker: CircuitBreakerPolicy;
  #keys: KeySet | undefined;
  #loadedAt = -Infinity;
  #attemptedAt = -Infinity;
  #allowance: number;
  #allowedAt = performance.now();
  #failed = false;
  #pending: Promise<void> | undefined;

  constructor(load: KeyLoader, logger: Logger, timing: KeyTiming) {
    this.#load = load;
    this.#logger = logger;
    this.#timing = timing;
    this.#allowance = timing.burst;
    const breaker = new ConsecutiveBreaker(timing.failures);
    this.#breaker = circuitBreaker(handleAll, { breaker, halfOpenAfter: timing.pauseMs });
  }

  async find(kid: string | undefined): Promise<KeyObject | undefined> {
    const renewed = await this.#renew();
    const known = this.#keys?.find(kid);
    if (known) return known;
    if (!renewed) await this.#refresh();
    const key = this.#keys?.find(kid);
    if (!key && this.#failed) throw new UnavailableError();
    return key;
  }

  /**
   * Starts a refresh when the keys are old; waits for it only if they were forgotten about: revoked ones must go.
   *
   * @returns whether it waited
   */
  async #renew(): Promise<boolean> {
    const now = performance.now();
    if (now - this.#loadedAt < this.#timing.maxAgeMs) return false;
    const refreshed = this.#refresh();
    if (now - this.#attemptedAt <= 2 * this.#timing.maxAgeMs) return false;
    await refreshed;
    return true;
  }

  /** Asks the issuer unless that is under way, which is then shared, or was done too often just now. Never rejects. */
  #refresh(): Promise<void> {
    if (!this.#pending && this.#takeAllowance()) this.#pending = this.#attempt();
    return this.#pending ?? Promise.resolve();
  }

  /** A token bucket: `burst` attempts at once, and one more for each cooldown that passes. */
  #takeAllowance(): boolean {
    const { burst, cooldownMs } = this.#timing;
    const earned = Math.floor((performance.now() - this.#allowedAt) / cooldownMs);
    this.#allowance = Math.min(burst, this.#allowance + earned);
    this.#allowedAt += earned * cooldownMs;
    if (this.#allowance === 0) return false;
    this.#allowance -= 1;
    return true;
  }

  async #attempt(): Promise<void> {
    try {
      this.#keys = await this.#breaker.execute(() => this.#load());
      this.#loadedAt = performance.now();
      this.#failed = false;
      this.#logger.debug({ keys: this.#keys.size }, 'signing keys loaded');
    } catch (error) {
      this.#failed = true;
      this.#logger.warn({ reason: describe(error) }, 'signing keys cannot be loaded');
    } finally {
      this.#attemptedAt = performance.now();
      this.#pending = undefined;
    }
  }
}

/** What the network said, which fetch wraps, without its stack. */
function describe(error: unknown): string {
  // Errors of Node's own fetch and JSON may come from another realm, where `instanceof Error` does not hold.
  const { message, cause } = Object(error) as { readonly message?: unknown; readonly cause?: unknown };
  return cause === undefined ? String(message) : describe(cause);
}
