import { UnavailableError } from '../domain/errors.js';
import type { Content } from './image-store.js';

/** Memory that several contents share while they are held whole; what does not fit is told to come back later. */
export class MemoryBudget {
  readonly #maxBytes: number;
  #held = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /**
   * Reads the content whole and holds it for as long as the work takes.
   *
   * @throws UnavailableError when the budget is used up; whatever the content or the work throws
   */
  async holding<T>(content: Content, work: (body: Uint8Array) => Promise<T>): Promise<T> {
    let bytes = 0;
    try {
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) {
        bytes += chunk.length;
        this.#held += chunk.length;
        if (this.#held > this.#maxBytes) throw new UnavailableError();
        chunks.push(chunk);
      }
      return await work(Buffer.concat(chunks));
    } finally {
      this.#held -= bytes;
    }
  }
}
