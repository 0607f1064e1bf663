import { UnavailableError } from '../domain/errors.js';
import type { Logger } from '../logger.js';
import { LoadLimit, type LoadLimits } from './load-limit.js';
import type { Lane, PlainHandler, PlainRequest, PlainResponse } from './plain-handler.js';

/** A way in, as far as it refuses requests that nothing has looked at yet. */
export interface Door {
  /** Its paths begin with one of these names, in lower case. */
  readonly names: readonly string[];
  /**
   * Answers a request that cannot be served now, as what is behind the door would.
   *
   * @param path without its query
   * @returns false, with nothing sent, where it takes a closer look to say what becomes of the request
   */
  refuse(request: PlainRequest, response: PlainResponse, path: string): boolean;
}

export interface LoadShedding {
  /** Comes before all other lanes: takes the requests that are refused. */
  readonly lane: Lane;
  /** Comes in every protocol before anything is done. Fails with UnavailableError for those that no door has refused. */
  readonly gate: PlainHandler;
  /** Adds a way in, before there are requests. */
  add(door: Door): void;
}

const reportMs = 1000;

/**
 * Refuses requests before the event loop drowns in them, so that those that are taken are answered in time, and `/health`
 * is. A refusal must cost next to nothing, or else all the time goes into refusing: so it is decided and written before
 * anything looks at the request. The database's own queue is bounded elsewhere (docs/resilience.md).
 *
 * @param logger told each second how many were refused, where any was
 */
export function shedLoad(logger: Logger, limits?: LoadLimits): LoadShedding {
  const limit = new LoadLimit(limits);
  const doors = new Map<string, Door>();
  const countRefusal = reportRefusals(logger);
  const admit = (response: PlainResponse): boolean => {
    if (!limit.begin()) return false;
    response.locals['admitted'] = true;
    response.once('close', () => limit.end());
    return true;
  };
  return {
    add: (door) => {
      for (const name of door.names) doors.set(name, door);
    },
    lane: {
      take: (request, response) => {
        const path = pathOf(request);
        const door = doors.get(firstNameOf(path));
        if (!door || request.method === 'OPTIONS' || admit(response)) return false;
        if (!door.refuse(request, response, path)) return false;
        countRefusal();
        return true;
      },
    },
    gate: (_request, response, next) => {
      if (!response.locals['admitted'] && !admit(response)) throw new UnavailableError();
      next();
    },
  };
}

/** The path as it was asked for, without its query. */
function pathOf({ url = '' }: PlainRequest): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/** The first name of a path, in lower case: paths are compared in any. */
export function firstNameOf(path: string): string {
  const end = path.indexOf('/', 1);
  return (end === -1 ? path.slice(1) : path.slice(1, end)).toLowerCase();
}

/** One line for all refusals of a second: each has its own among those of the requests. */
function reportRefusals(logger: Logger): () => void {
  let refused = 0;
  const report = () => {
    logger.warn({ refused }, 'more requests than can be served');
    refused = 0;
  };
  return () => {
    if (refused === 0) setTimeout(report, reportMs).unref();
    refused += 1;
  };
}
