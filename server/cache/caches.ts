import type { CacheConfig } from '../config/cache.js';
import type { Database, DataWatch } from '../database/database.js';
import type { Redis } from '../limits/redis.js';
import { AnswerCache, type CacheOutcome, type Freshness } from './answer-cache.js';
import { DataChanges } from './data-changes.js';
import { DataVersions } from './data-versions.js';
import { FileFreshness, LoneFreshness } from './freshness.js';
import { SharedVersions } from './shared-versions.js';

export interface CachesParts {
  readonly config: CacheConfig;
  readonly engine: Database['engine'];
  readonly redis: Redis | undefined;
  readonly count: (cache: string, outcome: CacheOutcome) => void;
}

/** What keeps answers right, and the answers. */
export interface Caches {
  /** What the database must tell of; undefined when nobody wants to know. */
  readonly watch: DataWatch | undefined;
  /** Opens a cache, once the database is open. @returns undefined where answers are not kept */
  open<Answer extends object>(name: string, database: Database): AnswerCache<Answer> | undefined;
}

/**
 * Caches of one process. Other processes that share a MySQL database through Redis are told of its changes even when it
 * keeps no answers itself.
 */
export function createCaches({ config, engine, redis, count }: CachesParts): Caches {
  const versions = new DataVersions();
  const shared = engine === 'mysql' && redis ? new SharedVersions(redis, versions) : undefined;
  const kept = config.mode !== 'off' && (engine === 'sqlite' || shared !== undefined || config.mode === 'alone');
  const publish = shared && ((changes: Parameters<SharedVersions['publish']>[0]) => shared.publish(changes));
  let freshness: Freshness | undefined = shared;
  const freshnessOf = (database: Database): Freshness => {
    freshness ??= engine === 'sqlite' ? new FileFreshness(database, versions) : new LoneFreshness();
    return freshness;
  };
  return {
    watch: kept || shared ? new DataChanges(versions, publish) : undefined,
    open: (name, database) =>
      kept
        ? new AnswerCache({ versions, freshness: freshnessOf(database), count: (outcome) => count(name, outcome) })
        : undefined,
  };
}
