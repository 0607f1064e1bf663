import { UnavailableError } from '../domain/errors.js';
import type { PlainHandler } from './plain-handler.js';

/** When a process has more to do than it can. */
export interface LoadLimits {
  /** So many requests under way are never too many, however late the process is. */
  readonly requests: number;
  /** The event loop comes back this much later than it should. */
  readonly lateMs: number;
}

const usual: LoadLimits = { requests: 100, lateMs: 50 };
const sampleMs = 20;

/**
 * Refuses requests with UnavailableError before the event loop drowns in them, so that those that are taken are answered
 * in time, and `/health` is. Both signs are needed: many requests that wait for slow clients cost nothing, and a moment
 * of lateness with few requests passes by itself. The database's own queue is bounded elsewhere (docs/resilience.md).
 *
 * @returns comes first in every protocol whose answers are computed; one for all of them, as they share one event loop
 */
export function shedLoad({ requests, lateMs }: LoadLimits = usual): PlainHandler {
  const lateness = watchEventLoop();
  let underWay = 0;
  return (_request, response, next) => {
    if (underWay >= requests && lateness() >= lateMs) throw new UnavailableError();
    underWay += 1;
    response.once('close', () => {
      underWay -= 1;
    });
    next();
  };
}

/** @returns by how many milliseconds the event loop is late now, or was at its last turn */
function watchEventLoop(): () => number {
  let due = performance.now() + sampleMs;
  let last = 0;
  setInterval(() => {
    const now = performance.now();
    last = now - due;
    due = now + sampleMs;
  }, sampleMs).unref();
  return () => Math.max(last, performance.now() - due);
}
