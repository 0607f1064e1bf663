import { ForbiddenError, UnauthenticatedError } from '../errors.js';
import type { KeysetPage, KeysetRequest } from '../page.js';
import type { Viewer } from '../viewer.js';
import { mayReadAuditLog } from './audit-entry.policy.js';
import type { AuditEntryRepository } from './audit-entry.repository.js';
import type { AuditEntryFilter, AuditEntryOrderField, AuditEntryRow } from './audit-entry.types.js';

/** The audit log, for administrators. Every method throws UnauthenticatedError or ForbiddenError for anyone else. */
export class AuditEntryService {
  readonly #viewer: Viewer;
  readonly #entries: AuditEntryRepository;

  constructor(viewer: Viewer, entries: AuditEntryRepository) {
    this.#viewer = viewer;
    this.#entries = entries;
  }

  /** Entries by keyset; @throws InvalidError (field `after`) for a cursor of another list. */
  async list(
    filter: AuditEntryFilter,
    request: KeysetRequest<AuditEntryOrderField>,
  ): Promise<KeysetPage<AuditEntryRow>> {
    this.#checkRead();
    return this.#entries.list(filter, request);
  }

  /** How many entries a filter matches. */
  async count(filter: AuditEntryFilter): Promise<number> {
    this.#checkRead();
    return this.#entries.count(filter);
  }

  #checkRead(): void {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (!mayReadAuditLog(this.#viewer)) throw new ForbiddenError();
  }
}
