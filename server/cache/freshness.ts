import type { Database } from '../database/database.js';
import type { Freshness } from './answer-cache.js';
import type { DataVersions } from './data-versions.js';

/** Entries of a database that others may write to live no longer than this, whatever else is known. */
export const sharedLifeMs = 1_000;

/**
 * SQLite tells cheaply that another process has committed, but not what: then everything may have changed. It is asked once
 * for all requests that one turn of the event loop finds: they had all come in when it was asked, so none of them can know
 * of a later commit.
 */
export class FileFreshness implements Freshness {
  readonly lifeMs = undefined;
  readonly #database: Pick<Database, 'foreignCommits'>;
  readonly #versions: DataVersions;
  #commits: number | undefined;
  #askedInThisTurn = false;

  constructor(database: Pick<Database, 'foreignCommits'>, versions: DataVersions) {
    this.#database = database;
    this.#versions = versions;
  }

  check(): boolean {
    if (this.#askedInThisTurn) return true;
    const commits = this.#database.foreignCommits;
    if (commits !== this.#commits) this.#versions.change(this.#versions.affected('everything'));
    this.#commits = commits;
    if (commits === undefined) return false;
    this.#askedInThisTurn = true;
    setImmediate(() => {
      this.#askedInThisTurn = false;
    });
    return true;
  }
}

/** This process alone writes, as its operator says; what commands write is seen when answers end. */
export class LoneFreshness implements Freshness {
  readonly lifeMs = sharedLifeMs;

  check(): boolean {
    return true;
  }
}
