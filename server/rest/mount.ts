import { type RequestHandler, Router } from 'express';
import type { DialectSettings } from '../config/dialects.js';
import { UnavailableError } from '../domain/errors.js';
import type { RateLimiters } from '../domain/rate-limiter.js';
import { type Door, firstNameOf } from '../http/load-shedding.js';
import { enterProtocol } from '../http/observe-requests.js';
import { type PlainHandler, passAtOnce, passThrough, refuseAgain } from '../http/plain-handler.js';
import { limitByAddress } from '../http/rate-limit.js';
import type { ReadLane } from '../http/read-lane.js';
import { readyAnswer } from '../http/ready-answer.js';
import * as dialects from './index.js';
import type { Dialect, DialectParts, DialectRead } from './shared/dialect.js';
import { findOwner } from './shared/ownership.js';
import { announceRetirement } from './shared/retirement.js';

const everyDialect: readonly Dialect[] = Object.values(dialects);

/** What `DIALECTS` may list. */
export const dialectNames: readonly string[] = everyDialect.map(({ name }) => name);

/** A dialect that is served, and how. */
export interface MountedDialect {
  readonly dialect: Dialect;
  readonly settings: DialectSettings;
}

/** The dialects that have settings, in the order of the table. */
export function chooseDialects(settings: ReadonlyMap<string, DialectSettings>): readonly MountedDialect[] {
  return everyDialect.flatMap((dialect) => {
    const own = settings.get(dialect.name);
    return own ? [{ dialect, settings: own }] : [];
  });
}

/** What all dialects are built from. */
export interface MountParts extends Pick<DialectParts, 'scopes' | 'logger' | 'secureCookies'> {
  readonly limiters: RateLimiters;
  /** What every request of a dialect passes first, */
  readonly gate: readonly PlainHandler[];
  /** and then this, if it has an idempotency key. */
  readonly idempotent: RequestHandler;
  /** Answers what was answered before, where answers are kept. */
  readonly kept: readonly RequestHandler[];
  /** Answers plain reads before they come to the router. */
  readonly lane: Pick<ReadLane, 'add'>;
}

/** Serves dialects side by side. */
export function createDialectsRouter(
  mounted: readonly MountedDialect[],
  { limiters, gate, idempotent, kept, lane, ...parts }: MountParts,
): Router {
  const router = Router();
  const owners = mounted.map(ownerOf);
  router.use(enterDialect(owners));
  for (const { dialect, settings, enter } of owners) {
    const addRead = ({ path, before = [], after = [], handler }: DialectRead) =>
      lane.add({ path, through: [...enter, ...before, ...gate, ...after], handler });
    const limitOpenWrites = createOpenWritesLimit(limiters, `${dialect.name}-open-writes`, settings);
    const passed = [refuseAgain, ...gate, idempotent, ...kept];
    const own = dialect.createRouter({ ...parts, settings, limitOpenWrites, gate: passed, addRead });
    router.use(onlyBelow(dialect.prefixes, own));
  }
  return router;
}

/** Refuses for dialects, in the words of each, whatever comes below their paths. */
export function createDialectsDoor(mounted: readonly MountedDialect[]): Door {
  const unavailable = new UnavailableError();
  const owners = mounted.map((one) => {
    const { enter, ...owner } = ownerOf(one);
    const { before, answers } = one.dialect.refusals(one.settings);
    const refuse = readyAnswer((response) => answers.send(response, answers.domain.UNAVAILABLE(unavailable)));
    return { ...owner, before: [...enter, ...before], refuse };
  });
  return {
    names: owners.flatMap(({ prefixes }) => prefixes.map(firstNameOf)),
    refuse: (request, response, path) => {
      const owner = findOwner(owners, path);
      // Whoever is refused anyhow is told why, by the router.
      if (!owner || !passAtOnce(owner.before, request, response)) return false;
      owner.refuse(response);
      return true;
    },
  };
}

/** Spares everyone else's requests a look at a whole route table. Whoever lists routes finds them as with the router. */
function onlyBelow(prefixes: readonly string[], router: Router): RequestHandler {
  const names = new Set(prefixes.map(firstNameOf));
  const handler: RequestHandler = (request, response, next) => {
    if (names.has(firstNameOf(request.path))) router(request, response, next);
    else next();
  };
  return Object.assign(handler, { stack: router.stack });
}

interface DialectOwner extends MountedDialect {
  readonly prefixes: readonly string[];
  /** Tells the client if the dialect is going, and notes which it is. */
  readonly enter: readonly PlainHandler[];
}

function ownerOf(mounted: MountedDialect): DialectOwner {
  const { dialect, settings } = mounted;
  return { ...mounted, prefixes: dialect.prefixes, enter: [announceRetirement(settings), enterProtocol(dialect.name)] };
}

/** Lets a request enter the dialect that it is for. */
function enterDialect(owners: readonly DialectOwner[]): RequestHandler {
  return async (request, response, next) => {
    const owner = findOwner(owners, request.path);
    if (owner) await passThrough(owner.enter, request, response);
    next();
  };
}

function createOpenWritesLimit(limiters: RateLimiters, name: string, settings: DialectSettings): RequestHandler {
  if (!settings.openWrites) return (_request, _response, next) => next();
  return limitByAddress(limiters, { name, quota: settings.openWritesPerMinute, windowSeconds: 60 });
}
