import type { DialectUsageRepository } from './dialect-usage.repository.js';
import type { CountedCall, DialectCall } from './dialect-usage.types.js';

const flushIntervalMs = 30_000;
/** Different calls that are counted at most before they are written. */
const maxCounts = 5_000;

/** Counts calls in memory and adds them up in the database some seconds later, so that no request waits for it. */
export class DialectUsageCounter {
  readonly #usage: DialectUsageRepository;
  readonly #onFault: (error: unknown) => void;
  readonly #timer: NodeJS.Timeout;
  #counts = new Map<string, CountedCall>();
  #writing: Promise<void> = Promise.resolve();

  /** @param onFault told when the counts could not be written; they are kept for the next time */
  constructor(usage: DialectUsageRepository, onFault: (error: unknown) => void) {
    this.#usage = usage;
    this.#onFault = onFault;
    this.#timer = setInterval(() => this.#flushSometime(), flushIntervalMs);
    this.#timer.unref();
  }

  /** Counts one call. */
  note(call: DialectCall): void {
    this.#add({ ...call, calls: 1 });
    if (this.#counts.size === maxCounts) this.#flushSometime();
  }

  /** Writes what was counted, after what is being written. */
  flush(): Promise<void> {
    this.#writing = this.#writing.catch(() => {}).then(() => this.#write());
    return this.#writing;
  }

  /** Writes what is left, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #write(): Promise<void> {
    if (this.#counts.size === 0) return;
    const counts = [...this.#counts.values()];
    this.#counts = new Map();
    try {
      await this.#usage.add(counts);
    } catch (error) {
      for (const count of counts) this.#add(count);
      throw error;
    }
  }

  #add(count: CountedCall): void {
    const key = [count.day, count.dialect, count.route, count.caller].join('\n');
    const calls = (this.#counts.get(key)?.calls ?? 0) + count.calls;
    this.#counts.set(key, { ...count, calls });
  }

  #flushSometime(): void {
    this.flush().catch(this.#onFault);
  }
}
