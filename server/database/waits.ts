import { UnavailableError } from '../domain/errors.js';
import type { Availability } from './availability.js';
import { NoAnswerError } from './faults.js';

/** Takes a driver's answer: an error, or a value. */
export type Answer<T> = (error: unknown, value?: T) => void;

/** Waiting for longer than this makes one ask whether the database is still there. */
const suspicionMs = 250;

/**
 * Everything that waits for the database's answer. A wait ends with the answer, when its time is over, or when the
 * database is found to be away, whichever is first; the latter two are an UnavailableError.
 */
export class Waits {
  readonly #availability: Availability;
  readonly #waits = new Set<{ giveUp(reason: unknown): void }>();

  constructor(availability: Availability) {
    this.#availability = availability;
    availability.onChange((change) => {
      if (change.away) for (const wait of this.#waits) wait.giveUp(change.reason);
    });
  }

  /**
   * Begins a wait.
   *
   * @param limitMs undefined: as long as it takes
   * @param answer called once
   * @returns takes the answer when it comes; false when nobody waits for it any more
   */
  begin<T>(limitMs: number | undefined, answer: Answer<T>): (error: unknown, value?: T) => boolean {
    const wait = new Wait<T>(
      limitMs ?? Number.POSITIVE_INFINITY,
      () => this.#availability.suspect(),
      (error, value) => {
        this.#waits.delete(wait);
        answer(error, value);
      },
    );
    this.#waits.add(wait);
    const { away } = this.#availability;
    if (away) wait.giveUp(away.reason);
    return (error, value) => wait.finish(error, value);
  }
}

class Wait<T> {
  readonly #limitMs: number;
  readonly #onSuspicion: () => void;
  #answer: Answer<T> | undefined;
  #waitedMs = 0;
  #timer: NodeJS.Timeout;

  constructor(limitMs: number, onSuspicion: () => void, answer: Answer<T>) {
    this.#limitMs = limitMs;
    this.#onSuspicion = onSuspicion;
    this.#answer = answer;
    this.#timer = this.#wait();
  }

  finish(error: unknown, value?: T): boolean {
    const answer = this.#answer;
    if (!answer) return false;
    this.#answer = undefined;
    clearTimeout(this.#timer);
    answer(error, value);
    return true;
  }

  giveUp(reason: unknown): void {
    this.finish(new UnavailableError({ cause: new NoAnswerError({ cause: reason }) }));
  }

  /** In steps, with a suspicion after each. */
  #wait(): NodeJS.Timeout {
    const stepMs = Math.min(suspicionMs, this.#limitMs - this.#waitedMs);
    return setTimeout(() => {
      this.#waitedMs += stepMs;
      this.#onSuspicion();
      if (this.#waitedMs < this.#limitMs) this.#timer = this.#wait();
      else this.giveUp(new Error(`No answer within ${this.#limitMs} ms.`));
    }, stepMs);
  }
}
