import { ForbiddenError, InvalidError, UnauthenticatedError } from '../errors.js';
import type { Viewer } from '../viewer.js';
import { mayReadDialectUsage } from './dialect-usage.policy.js';
import type { DialectUsageRepository } from './dialect-usage.repository.js';
import type { DialectUsageFilter, DialectUsageRow } from './dialect-usage.types.js';

/** Who uses the dialects, and how much: whom to call before one is switched off. */
export class DialectUsageService {
  readonly #viewer: Viewer;
  readonly #usage: DialectUsageRepository;

  constructor(viewer: Viewer, usage: DialectUsageRepository) {
    this.#viewer = viewer;
    this.#usage = usage;
  }

  /**
   * The heaviest users first; what was called in the last seconds may not be in it yet.
   *
   * @throws UnauthenticatedError, ForbiddenError for anyone but administrators; InvalidError (from, to) unless they are days
   */
  async list(filter: DialectUsageFilter, limit: number): Promise<DialectUsageRow[]> {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (!mayReadDialectUsage(this.#viewer)) throw new ForbiddenError();
    checkDay('from', filter.from);
    checkDay('to', filter.to);
    return this.#usage.list(filter, limit);
  }
}

function checkDay(field: string, day: string | null): void {
  if (day === null || (/^\d{4}-\d\d-\d\d$/.test(day) && toDay(Date.parse(day)) === day)) return;
  throw new InvalidError(field, 'a day like 2026-11-25');
}

/** The day of an instant, in UTC; undefined when it is none. */
function toDay(instant: number): string | undefined {
  return Number.isNaN(instant) ? undefined : new Date(instant).toISOString().slice(0, 10);
}
