import { type RequestHandler, Router } from 'express';
import type { DialectSettings } from '../config/dialects.js';
import type { RateLimiters } from '../domain/rate-limiter.js';
import { enterProtocol } from '../http/observe-requests.js';
import { limitByAddress } from '../http/rate-limit.js';
import * as dialects from './index.js';
import type { Dialect, DialectParts } from './shared/dialect.js';
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
export interface MountParts extends Omit<DialectParts, 'settings' | 'limitOpenWrites'> {
  readonly limiters: RateLimiters;
}

/** Serves dialects side by side. */
export function createDialectsRouter(
  mounted: readonly MountedDialect[],
  { limiters, gate, ...parts }: MountParts,
): Router {
  const router = Router();
  router.use(enterDialect(mounted));
  for (const { dialect, settings } of mounted) {
    const limitOpenWrites = createOpenWritesLimit(limiters, `${dialect.name}-open-writes`, settings);
    const own = dialect.createRouter({ ...parts, settings, limitOpenWrites, gate });
    router.use(onlyBelow(dialect.prefixes, own));
  }
  return router;
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

/** The first name of a path, which Express compares in any case. */
function firstNameOf(path: string): string {
  const end = path.indexOf('/', 1);
  return (end === -1 ? path.slice(1) : path.slice(1, end)).toLowerCase();
}

/** Notes which dialect a request is for, and tells its client if that one is going. */
function enterDialect(mounted: readonly MountedDialect[]): RequestHandler {
  const owners = mounted.map(({ dialect: { name, prefixes }, settings }) => {
    return { prefixes, settings, enter: enterProtocol(name) };
  });
  return (request, response, next) => {
    const owner = findOwner(owners, request.path);
    if (!owner) return next();
    announceRetirement(response, owner.settings);
    owner.enter(request, response, next);
  };
}

function createOpenWritesLimit(limiters: RateLimiters, name: string, settings: DialectSettings): RequestHandler {
  if (!settings.openWrites) return (_request, _response, next) => next();
  return limitByAddress(limiters, { name, quota: settings.openWritesPerMinute, windowSeconds: 60 });
}
