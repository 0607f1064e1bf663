import { LRUCache } from 'lru-cache';
import { noteReading, Reading } from './data-changes.js';
import type { DataVersions, Tag } from './data-versions.js';

/** Learns what others have committed. */
export interface Freshness {
  /** For how long an answer may be kept; undefined: until what it is made of changes. */
  readonly lifeMs: number | undefined;
  /**
   * Brings the versions up to date with every change that was acknowledged before the call. False when that cannot be
   * known: then nothing that was kept may be used.
   */
  check(): boolean | Promise<boolean>;
}

/** What a cache counts. */
export type CacheOutcome = 'hit' | 'miss' | 'invalidated';

export interface AnswerCacheParts {
  readonly versions: DataVersions;
  readonly freshness: Freshness;
  readonly count: (outcome: CacheOutcome) => void;
}

/** A look into the cache: the answer, or what to do to have it there the next time. */
export interface Look<Answer> {
  readonly answer: Answer | undefined;
  /** Undefined where there is an answer already, or none can be kept. */
  readonly filling: Filling<Answer> | undefined;
}

interface Kept<Answer> {
  readonly answer: Answer;
  readonly tags: readonly Tag[];
  /** The clock's time before the first of it was read. */
  readonly since: number;
  readonly endsAt: number;
  /** The clock's time when it was last found to hold. */
  heldAt: number;
}

/** Bytes of all answers, and of one. */
const [maxBytes, maxAnswerBytes] = [32 * 1024 * 1024, 4 * 1024 * 1024];
/** What an answer costs beside its bytes. */
const overheadBytes = 500;
/** An answer made of more parts is as well made of whole tables, and not worth keeping. */
const maxTags = 2_000;

/** Public answers, each as long as it is what would be answered now (ADR 0016, docs/caching.md). */
export class AnswerCache<Answer extends object> {
  readonly #parts: AnswerCacheParts;
  readonly #kept = new LRUCache<string, Kept<Answer>>({ maxSize: maxBytes, maxEntrySize: maxAnswerBytes });

  constructor(parts: AnswerCacheParts) {
    this.#parts = parts;
  }

  /** @param question all that the answer depends on, beside the data */
  look(question: string): Look<Answer> | Promise<Look<Answer>> {
    const fresh = this.#parts.freshness.check();
    return typeof fresh === 'boolean'
      ? this.#lookFor(question, fresh)
      : fresh.then((known) => this.#lookFor(question, known));
  }

  #lookFor(question: string, fresh: boolean): Look<Answer> {
    if (!fresh) return this.#miss(undefined);
    const kept = this.#kept.get(question);
    if (!kept) return this.#miss(question);
    if (this.#holds(kept)) {
      this.#parts.count('hit');
      return { answer: kept.answer, filling: undefined };
    }
    this.#kept.delete(question);
    this.#parts.count('invalidated');
    return this.#miss(question);
  }

  #miss(question: string | undefined): Look<Answer> {
    this.#parts.count('miss');
    return { answer: undefined, filling: question === undefined ? undefined : this.#beginFilling(question) };
  }

  #holds(kept: Kept<Answer>): boolean {
    const { versions } = this.#parts;
    if (kept.endsAt < performance.now()) return false;
    if (kept.heldAt === versions.clock) return true;
    if (!versions.hold(kept.tags, kept.since)) return false;
    kept.heldAt = versions.clock;
    return true;
  }

  #beginFilling(question: string): Filling<Answer> {
    const { versions, freshness } = this.#parts;
    const since = versions.clock;
    const endsAt = performance.now() + (freshness.lifeMs ?? Number.POSITIVE_INFINITY);
    return new Filling((answer, tags, bytes) => {
      if (tags.length > maxTags || !versions.hold(tags, since)) return;
      const size = bytes + question.length + overheadBytes;
      this.#kept.set(question, { answer, tags, since, endsAt, heldAt: versions.clock }, { size });
    });
  }
}

type Keep<Answer> = (answer: Answer, tags: readonly Tag[], bytes: number) => void;

/** An answer in the making. */
export class Filling<Answer> {
  readonly #keep: Keep<Answer>;
  readonly #reading = new Reading();

  constructor(keep: Keep<Answer>) {
    this.#keep = keep;
  }

  /** Runs what makes the answer; all that it reads must be read in here. */
  run<T>(work: () => T): T {
    return noteReading(this.#reading, work);
  }

  /** Keeps the answer, unless something that it is made of has changed meanwhile, or it is made of nothing that is known. */
  keep(answer: Answer, bytes: number): void {
    const { tags, unknowable } = this.#reading;
    if (tags.size > 0 && !unknowable) this.#keep(answer, [...tags], bytes);
  }
}
