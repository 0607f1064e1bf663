/** How much of a limit is left to a key. */
export interface LimitState {
  /** Points in a window. */
  readonly quota: number;
  readonly remaining: number;
  readonly windowSeconds: number;
  /** Until the window ends and the quota is whole again. */
  readonly resetSeconds: number;
}

/** Counts points by key in windows of time: an account, an address, whoever is limited. */
export interface RateLimiter {
  /**
   * Takes points from a key, before what they are for is done.
   *
   * @throws RateLimitedError when it has fewer left; it says when the window ends
   */
  take(key: string, points?: number): Promise<LimitState>;
  /** Gives points back that turned out not to be due. */
  giveBack(key: string, points?: number): Promise<void>;
  /** Forgets a key. */
  reset(key: string): Promise<void>;
}

/** What a limit allows a key. */
export interface Limit {
  /** For logs, metrics and headers; no two limits have one name. */
  readonly name: string;
  readonly quota: number;
  readonly windowSeconds: number;
}

/** Opens limiters; where they count is decided where the process is wired. */
export interface RateLimiters {
  open(limit: Limit): RateLimiter;
}
