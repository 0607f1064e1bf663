import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataWatch, Touch } from '../database/database.js';
import type { DataVersions, Tag } from './data-versions.js';

/** Tells the other processes of one service of committed changes; whoever made them waits for it. Never fails. */
export type Publish = (changes: readonly (Touch | 'everything')[]) => Promise<void>;

/**
 * Tables that no public answer is made of: who came in, and what was noted of that. They change with every request, and
 * nobody need hear of it.
 */
const notes: ReadonlySet<string> = new Set([
  'api_keys',
  'audit_log',
  'dialect_calls',
  'idempotency_keys',
  'image_uploads',
  'sessions',
]);

/** What an answer is made of, as far as it is made. */
export class Reading {
  readonly tags = new Set<Tag>();
  /** Whether something was read of which nobody hears when it changes. */
  unknowable = false;
}

/** What a transaction has changed so far. */
interface Change {
  readonly touches: (Touch | 'everything')[];
  readonly tags: Set<Tag>;
}

const readings = new AsyncLocalStorage<Reading>();
const changes = new AsyncLocalStorage<Change>();

/** Runs `work`, and notes what it reads from the database, wherever it does. */
export function noteReading<T>(reading: Reading, work: () => T): T {
  return readings.run(reading, work);
}

/**
 * Brings versions up to date with what this process changes: from its first statement to its commit a transaction makes
 * everything doubtful that depends on its tables, and whoever waits for it is answered after all of that.
 */
export class DataChanges implements DataWatch {
  readonly #versions: DataVersions;
  readonly #publish: Publish | undefined;

  constructor(versions: DataVersions, publish: Publish | undefined) {
    this.#versions = versions;
    this.#publish = publish;
  }

  get listens(): boolean {
    return readings.getStore() !== undefined;
  }

  onRead(touch: Touch): void {
    const reading = readings.getStore();
    if (!reading) return;
    for (const tag of this.#versions.dependencies(touch)) reading.tags.add(tag);
    reading.unknowable ||= touch.tables.some((table) => notes.has(table));
  }

  onChange(touch: Touch | 'everything'): void {
    if (touch !== 'everything' && touch.tables.every((table) => notes.has(table))) return;
    const tags = this.#versions.affected(touch);
    const change = changes.getStore();
    if (change) {
      change.touches.push(touch);
      const added = tags.filter((tag) => !change.tags.has(tag));
      for (const tag of added) change.tags.add(tag);
      this.#versions.begin(added);
      return;
    }
    // A statement on its own, whose commit is over.
    this.#versions.change(tags);
    void this.#publish?.([touch]);
  }

  async whileChanging<T>(work: () => Promise<T>): Promise<T> {
    const change: Change = { touches: [], tags: new Set() };
    try {
      return await changes.run(change, work);
    } finally {
      // Whatever became of it: of a commit whose answer was lost, nobody knows.
      if (change.touches.length > 0) {
        this.#versions.end(change.tags);
        await this.#publish?.(change.touches);
      }
    }
  }
}
