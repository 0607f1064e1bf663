import { type RequestHandler, Router } from 'express';
import type { DialectSettings } from '../config.js';
import { enterProtocol } from '../http/observe-requests.js';
import { limitByAddress } from '../http/rate-limit.js';
import * as dialects from './index.js';
import type { Dialect, DialectParts } from './shared/dialect.js';

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

/** Serves dialects side by side. */
export function createDialectsRouter(
  mounted: readonly MountedDialect[],
  parts: Omit<DialectParts, 'settings' | 'limitOpenWrites'>,
): Router {
  const router = Router();
  for (const { dialect, settings } of mounted) {
    router.use([...dialect.prefixes], enterProtocol(dialect.name));
    router.use(dialect.createRouter({ ...parts, settings, limitOpenWrites: createOpenWritesLimit(settings) }));
  }
  return router;
}

function createOpenWritesLimit({ openWrites, openWritesPerMinute }: DialectSettings): RequestHandler {
  if (!openWrites) return (_request, _response, next) => next();
  return limitByAddress({ requests: openWritesPerMinute, windowSeconds: 60 });
}
