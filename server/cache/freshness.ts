import type { Database } from '../database/database.js';
import type { Freshness } from './answer-cache.js';
import type { DataVersions } from './data-versions.js';

/** Entries of a database that others may write to live no longer than this, whatever else is known. */
export const sharedLifeMs = 1_000;

/** SQLite tells cheaply that another process has committed, but not what: then everything may have changed. */
export class FileFreshness implements Freshness {
  readonly lifeMs = undefined;
  readonly #database: Pick<Database, 'foreignCommits'>;
  readonly #versions: DataVersions;
  #commits: number | undefined;

  constructor(database: Pick<Database, 'foreignCommits'>, versions: DataVersions) {
    this.#database = database;
    this.#versions = versions;
  }

  check(): boolean {
    const commits = this.#database.foreignCommits;
    if (commits !== this.#commits) this.#versions.change(this.#versions.affected('everything'));
    this.#commits = commits;
    return commits !== undefined;
  }
}

/** This process alone writes, as its operator says; what commands write is seen when answers end. */
export class LoneFreshness implements Freshness {
  readonly lifeMs = sharedLifeMs;

  check(): boolean {
    return true;
  }
}
