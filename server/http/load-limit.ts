/** When a process has more to do than it can. */
export interface LoadLimits {
  /** With fewer requests under way, nobody is refused however late the event loop is; more may be too many. */
  readonly requests: number;
  /** The event loop comes back this much later than it should: no more than `requests` are taken for as long as it does. */
  readonly lateMs: number;
  /** There were `requests`, and the event loop is this late most of the time: fewer and fewer are taken, */
  readonly lastingLateMs: number;
  /** but never fewer than so many at once. */
  readonly least: number;
}

const usual: LoadLimits = { requests: 200, lateMs: 50, lastingLateMs: 5, least: 24 };
const sampleMs = 20;
/** How many samples are looked at; one that is late by itself was a stall. */
const window = 5;
const shrink = 0.8;
/** So many samples without a refusal, and no limit is needed. */
const calmSamples = 50;

/**
 * How many requests may be under way at once, found by trying: the number shrinks while the event loop stays late, and grows
 * while it does not. Each turn of the loop takes up whatever has arrived, and whoever waits for the database gets on by one
 * statement in a turn: with long turns its connections idle, and little gets done however busy the process is.
 */
export class LoadLimit {
  readonly #limits: LoadLimits;
  readonly #recent: number[] = [];
  /** Of requests under way; infinite while there is no reason for any. */
  #limit = Number.POSITIVE_INFINITY;
  #underWay = 0;
  /** So many were under way at once since the last sample. */
  #most = 0;
  /** Samples since the last refusal. */
  #calm = 0;
  #due = performance.now() + sampleMs;

  constructor(limits: LoadLimits = usual) {
    this.#limits = limits;
    setInterval(() => this.#sample(), sampleMs).unref();
  }

  /** Whether one more may begin; whoever begins must end. */
  begin(): boolean {
    if (this.#isFull()) {
      this.#calm = 0;
      return false;
    }
    this.#underWay += 1;
    this.#most = Math.max(this.#most, this.#underWay);
    return true;
  }

  end(): void {
    this.#underWay -= 1;
  }

  #isFull(): boolean {
    if (this.#underWay >= this.#limit) return true;
    const { requests, lateMs } = this.#limits;
    return this.#underWay >= requests && Math.max(this.#recent.at(-1) ?? 0, performance.now() - this.#due) >= lateMs;
  }

  #sample(): void {
    const now = performance.now();
    this.#recent.push(now - this.#due);
    if (this.#recent.length > window) this.#recent.shift();
    this.#due = now + sampleMs;
    this.#adapt();
    this.#most = this.#underWay;
  }

  #adapt(): void {
    const { requests, lastingLateMs, least } = this.#limits;
    this.#calm += 1;
    const late = median(this.#recent) >= lastingLateMs;
    if (this.#limit === Number.POSITIVE_INFINITY) {
      // Being late with few is no overload: a disk that takes its time to sync looks the same.
      if (late && this.#most >= requests) this.#limit = requests;
    } else if (late) this.#limit = Math.max(least, this.#limit * shrink);
    else this.#limit = this.#calm > calmSamples ? Number.POSITIVE_INFINITY : this.#limit + 1;
  }
}

/** Of a few numbers: half of them are no greater. */
function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}
