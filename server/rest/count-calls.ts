import { callerOf } from '../domain/dialect-usage/caller.js';
import type { Scopes } from '../request-scope.js';
import type { ServedRequest } from '../telemetry/request-record.js';
import { dialectNames } from './mount.js';

/** What is counted of paths that a dialect owns and does not have: they can be made up without end. */
const unknownRoute = 'unknown';

/** Notes each call of a dialect, when it is over. */
export function countDialectCalls(scopes: Pick<Scopes, 'noteDialectCall'>): (served: ServedRequest) => void {
  return ({ record: { door, viewer }, method, route }) => {
    if (door === undefined || !dialectNames.includes(door)) return;
    const day = dayOf(Date.now());
    const path = route ? `${method} ${route}` : unknownRoute;
    scopes.noteDialectCall({ day, dialect: door, route: path, caller: callerOf(viewer) });
  };
}

const dayMs = 24 * 60 * 60 * 1000;
let today = { number: 0, text: '1970-01-01' };

/** The day in UTC, as ISO 8601 writes it; written once a day. */
function dayOf(instant: number): string {
  const number = Math.floor(instant / dayMs);
  if (number !== today.number) today = { number, text: new Date(instant).toISOString().slice(0, 10) };
  return today.text;
}
