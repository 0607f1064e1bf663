import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request as Node gives it, before or after Express has made one of its own of it. */
export interface PlainRequest extends IncomingMessage {
  /** Where it comes from; a proxy that is trusted says it of its clients. */
  ip?: string | undefined;
  /** As the client sent it, where Express changes `url`. */
  originalUrl?: string;
  /** Of the route that took the request. */
  route?: { readonly path: string | string[] };
}

/** A response likewise. */
export interface PlainResponse extends ServerResponse {
  /** What handlers tell each other. */
  locals: Record<string, unknown>;
}

/** A handler that needs nothing of Express; Express takes it too. */
export type PlainHandler = (
  request: PlainRequest,
  response: PlainResponse,
  next: (error?: unknown) => void,
) => void | Promise<void>;

/** Answers requests of one kind without Express. */
export interface Lane {
  /**
   * Whether it looks after a request, which it may find later to be none of its own.
   *
   * @param decline gives such a request to Express, as it was
   */
  take(request: PlainRequest, response: PlainResponse, decline: () => void): boolean;
}

/** Sends an exchange through handlers. Resolves when the last one lets it pass; fails as the one that does not. */
export async function passThrough(
  handlers: readonly PlainHandler[],
  request: PlainRequest,
  response: PlainResponse,
): Promise<void> {
  for (const handler of handlers) {
    let passed = false;
    let failed: unknown;
    const done = handler(request, response, (error) => {
      passed = true;
      failed = error;
    });
    if (done) await done;
    if (failed instanceof Error) throw failed;
    if (!passed) throw new Error('A handler in front of an operation neither passes it on nor refuses it.');
  }
}

/** Sends an exchange through handlers that pass it on at once. @returns whether all of them did */
export function passAtOnce(handlers: readonly PlainHandler[], request: PlainRequest, response: PlainResponse): boolean {
  return handlers.every((handler) => {
    let passed = false;
    void handler(request, response, (error) => {
      passed = error === undefined;
    });
    return passed;
  });
}

/** Refuses again, in Express, what a lane refused; comes before the gates, which no request must pass twice. */
export const refuseAgain: PlainHandler = (_request, { locals }, next) => next(locals['refusal']);
