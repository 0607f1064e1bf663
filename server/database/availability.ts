import { setTimeout as sleep } from 'node:timers/promises';

/** Asks the database for a sign of life; rejects when none comes. */
export type Probe = () => Promise<void>;

/** What happened to the database. */
export type AvailabilityChange = { readonly away: true; readonly reason: unknown } | { readonly away: false };

/** So many probes in a row without an answer: one alone may have met a bad moment. */
const failuresToBelieve = 2;
/** Between the probes that are to believe it, and between those that wait for the database's return. */
const [doubtMs, pauseMs] = [50, 400];
/** An answer this recent is sign of life enough. */
const freshMs = 500;

/**
 * Whether a database elsewhere answers: the circuit breaker of everything that asks it. Whoever met an error, or waits
 * longer than usual, voices a suspicion; then probes decide. While the database is away nobody needs to ask it, and
 * probes, not requests, find out that it is back.
 */
export class Availability {
  readonly #probe: Probe;
  readonly #listeners = new Set<(change: AvailabilityChange) => void>();
  readonly #stopped = new AbortController();
  #away: { readonly reason: unknown } | undefined;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #verdict: Promise<void> | undefined;

  constructor(probe: Probe) {
    this.#probe = probe;
  }

  /** Why the database does not answer; undefined while it does, for all that is known. */
  get away(): { readonly reason: unknown } | undefined {
    return this.#away;
  }

  /** Tells of every change from now on. */
  onChange(listener: (change: AvailabilityChange) => void): void {
    this.#listeners.add(listener);
  }

  /** Notes that the database answered just now. */
  answered(): void {
    this.#answeredAt = performance.now();
  }

  /** Something makes one think that the database is away; probes decide. Never throws and never waits. */
  suspect(): void {
    this.#verdict ??= this.#judge();
  }

  /** Whether the database answers, asked now unless it did just before. */
  async check(): Promise<boolean> {
    if (!this.#away && performance.now() - this.#answeredAt > freshMs) {
      this.suspect();
      await this.#verdict;
    }
    return !this.#away;
  }

  /** Ends the probing. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Resolves when it is known whether the database is away; if it is, goes on to wait for its return. */
  async #judge(): Promise<void> {
    let reason: unknown;
    for (let failures = 0; failures < failuresToBelieve; failures++) {
      if (failures > 0) await this.#pause(doubtMs);
      reason = await this.#ask();
      if (!reason) {
        this.#verdict = undefined;
        return;
      }
    }
    if (this.#stopped.signal.aborted) return;
    this.#away = { reason };
    this.#tell({ away: true, reason });
    void this.#awaitReturn();
  }

  async #awaitReturn(): Promise<void> {
    do {
      await this.#pause(pauseMs);
      if (this.#stopped.signal.aborted) return;
    } while (await this.#ask());
    this.#away = undefined;
    this.#verdict = undefined;
    this.#tell({ away: false });
  }

  /** @returns why there was no answer; undefined when there was one */
  async #ask(): Promise<unknown> {
    try {
      await this.#probe();
      this.answered();
      return undefined;
    } catch (error) {
      return error;
    }
  }

  async #pause(ms: number): Promise<void> {
    const { signal } = this.#stopped;
    await sleep(ms, undefined, { ref: false, signal }).catch(() => {});
  }

  #tell(change: AvailabilityChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
