import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { PlainHandler } from './plain-handler.js';

/**
 * Says goodbye to clients without losing a request of theirs: once begun, every response tells its client to close the
 * connection, also one to a request that came before, so that the next request opens a new one, elsewhere if it can.
 */
export class Drain {
  readonly #running = new Set<ServerResponse>();
  #begun = false;

  get begun(): boolean {
    return this.#begun;
  }

  begin(): void {
    this.#begun = true;
    for (const response of this.#running) response.shouldKeepAlive = false;
  }

  /** Goes before every other handler. */
  readonly track: PlainHandler = (_request, response, next) => {
    if (this.#begun) response.shouldKeepAlive = false;
    this.#running.add(response);
    response.once('close', () => this.#running.delete(response));
    next();
  };

  /** Resolves when no request is running any more. */
  async finish(): Promise<void> {
    for (const response of this.#running) if (!response.closed) await once(response, 'close');
  }
}
