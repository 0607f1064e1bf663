import type { ApiKeyRepository } from './api-key.repository.js';

const flushIntervalMs = 10_000;

/** Notes when keys were used, some seconds later and all at once, so that no request waits or writes for it. */
export class ApiKeyUsage {
  readonly #keys: ApiKeyRepository;
  readonly #uses = new Map<number, number>();
  readonly #timer: NodeJS.Timeout;

  /** @param onFault told when the notes could not be written; they are tried again with the next ones */
  constructor(keys: ApiKeyRepository, onFault: (error: unknown) => void) {
    this.#keys = keys;
    this.#timer = setInterval(() => {
      this.flush().catch(onFault);
    }, flushIntervalMs);
    this.#timer.unref();
  }

  note(keyId: number): void {
    this.#uses.set(keyId, Date.now());
  }

  /** Writes what was noted. */
  async flush(): Promise<void> {
    if (this.#uses.size === 0) return;
    const uses = new Map(this.#uses);
    await this.#keys.touch(uses);
    for (const [keyId, usedAt] of uses) if (this.#uses.get(keyId) === usedAt) this.#uses.delete(keyId);
  }

  /** Writes what is left, and stops. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }
}
