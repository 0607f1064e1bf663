import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RateLimitedError } from '../errors.js';

/** Wrong passwords that an account, or an address, may have in a window. */
const accountAttempts = 10;
const addressAttempts = 50;
const windowSeconds = 15 * 60;

/** Counts failed logins per account and per address, so that passwords cannot be guessed at speed. */
export class LoginLimiter {
  readonly #accounts = new RateLimiterMemory({ points: accountAttempts, duration: windowSeconds });
  readonly #addresses = new RateLimiterMemory({ points: addressAttempts, duration: windowSeconds });

  /**
   * Takes an attempt before its password is verified, so that attempts at the same time count too.
   *
   * @throws RateLimitedError when the account or the address has none left
   */
  async take(account: string, address: string): Promise<void> {
    try {
      await this.#addresses.consume(address);
      await this.#accounts.consume(account);
    } catch (limit) {
      if (!(limit instanceof RateLimiterRes)) throw limit;
      throw new RateLimitedError(Math.ceil(limit.msBeforeNext / 1000));
    }
  }

  /** Gives the attempts back that turned out to be right. */
  async forgive(account: string, address: string): Promise<void> {
    await this.#accounts.delete(account);
    await this.#addresses.reward(address);
  }
}
