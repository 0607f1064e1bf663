import type { RateLimiter, RateLimiters } from '../rate-limiter.js';

/** Wrong passwords that an account, or an address, may have in a window. */
const accountAttempts = 10;
const addressAttempts = 50;
const windowSeconds = 15 * 60;

/** Counts failed logins per account and per address, so that passwords cannot be guessed at speed. */
export class LoginLimiter {
  readonly #accounts: RateLimiter;
  readonly #addresses: RateLimiter;

  constructor(limiters: RateLimiters) {
    this.#accounts = limiters.open({ name: 'login-account', quota: accountAttempts, windowSeconds });
    this.#addresses = limiters.open({ name: 'login-address', quota: addressAttempts, windowSeconds });
  }

  /**
   * Takes an attempt before its password is verified, so that attempts at the same time count too.
   *
   * @throws RateLimitedError when the account or the address has none left
   */
  async take(account: string, address: string): Promise<void> {
    await this.#addresses.take(address);
    await this.#accounts.take(account);
  }

  /** Gives the attempts back that turned out to be right. */
  async forgive(account: string, address: string): Promise<void> {
    await this.#accounts.reset(account);
    await this.#addresses.giveBack(address);
  }
}
