import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Touch } from '../database/database.js';
import type { Redis } from '../limits/redis.js';
import type { Freshness } from './answer-cache.js';
import type { DataVersions } from './data-versions.js';
import { sharedLifeMs } from './freshness.js';

type Changes = readonly (Touch | 'everything')[];

/** One slot for all keys, should Redis be a cluster. */
const versionKey = '{answers}:version';
const changesKey = (version: number) => `{answers}:changes:${version}`;
/** Longer than any process goes without a look and still wants to know what it missed. */
const changesLifeSeconds = 30;
/** Who missed more than this takes everything for changed. */
const maxMissed = 100;
/** More films than this in one transaction, and it is a table that has changed. */
const maxFilms = 100;
/** A Redis that does not answer in so long is left alone for a while; without its word nothing that was kept is used. */
const [answerMs, pauseMs] = [50, 250];
/** Where versions begin: none is met a second time when Redis forgets. */
const firstVersions = 2 ** 47;

/** Gives a change the next version, and keeps for a while what it was. */
const publishScript = `
  redis.call('set', KEYS[1], ARGV[2], 'nx')
  local version = redis.call('incr', KEYS[1])
  redis.call('set', '{answers}:changes:' .. string.format('%.0f', version), ARGV[1], 'ex', ARGV[3])
  return version
`;

/**
 * What the processes of one service tell each other of their commits, in Redis: a version that every change raises, and
 * for each version what changed. Whoever asks for the version after a change was acknowledged learns of it.
 */
export class SharedVersions implements Freshness {
  readonly lifeMs = sharedLifeMs;
  readonly #redis: Redis;
  /** Without a timer for each command; those that readers wait for have one of ours. */
  readonly #asked: Pick<Redis, 'get' | 'mGet'>;
  readonly #versions: DataVersions;
  #known: number | undefined;
  #asking: Promise<boolean> | undefined;
  #awayUntil = 0;

  constructor(redis: Redis, versions: DataVersions) {
    this.#redis = redis;
    this.#asked = redis.withCommandOptions({ timeout: 0 });
    this.#versions = versions;
  }

  /**
   * Asks once for all who want to know in the same turn of the event loop: the client sends commands at its end, when
   * all of them have arrived.
   */
  check(): boolean | Promise<boolean> {
    if (this.#asking) return this.#asking;
    if (!this.#redis.isReady || performance.now() < this.#awayUntil) return false;
    setImmediate(() => {
      this.#asking = undefined;
    });
    this.#asking = this.#ask();
    return this.#asking;
  }

  /**
   * Tells the others of committed changes. When Redis cannot be told, others that can still ask it do not learn of them;
   * what they have kept by now ends by itself, and until then nobody is told that the change is done.
   */
  async publish(changes: Changes): Promise<void> {
    const committedAt = performance.now();
    try {
      const options = { keys: [versionKey], arguments: [encode(changes), newVersion(), String(changesLifeSeconds)] };
      await this.#redis.eval(publishScript, options);
    } catch {
      await sleep(committedAt + this.lifeMs - performance.now());
    }
  }

  async #ask(): Promise<boolean> {
    try {
      const text = await inTime(this.#asked.get(versionKey));
      // The very first, or Redis has forgotten: the next one to ask will know.
      if (text === null) await this.#redis.set(versionKey, newVersion(), { condition: 'NX' });
      return text !== null && (await this.#catchUp(Number(text)));
    } catch {
      this.#awayUntil = performance.now() + pauseMs;
      return false;
    }
  }

  async #catchUp(version: number): Promise<boolean> {
    const known = this.#known;
    if (version === known) return true;
    const missed = await this.#readMissed(known, version);
    for (const touch of missed) this.#versions.change(this.#versions.affected(touch));
    this.#known = version;
    return true;
  }

  async #readMissed(known: number | undefined, version: number): Promise<Changes> {
    if (known === undefined || version < known || version - known > maxMissed) return ['everything'];
    const keys = Array.from({ length: version - known }, (_, index) => changesKey(known + 1 + index));
    const texts = await inTime(this.#asked.mGet(keys));
    return texts.flatMap((text) => (text === null ? (['everything'] as const) : decode(text)));
  }
}

async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`Redis gave no answer within ${answerMs} ms.`)), answerMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function newVersion(): string {
  return String(randomInt(1, firstVersions));
}

function encode(changes: Changes): string {
  return JSON.stringify(changes.map((touch) => (touch === 'everything' ? touch : bound(touch))));
}

function bound({ tables, films }: Touch): Touch {
  return { tables, films: films && films.length <= maxFilms ? films : undefined };
}

function decode(text: string): Changes {
  return JSON.parse(text) as Changes; // another process encoded it
}
