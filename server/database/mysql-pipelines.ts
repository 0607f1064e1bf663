import type { CompiledQuery } from 'kysely';
import { Pipeline, type PipelineOptions } from './mysql-pipeline.js';
import { type OnStatement, timeStatement } from './statement-events.js';

export interface PipelinesOptions extends Omit<PipelineOptions, 'onLost'> {
  /** How many connections there are. */
  readonly count: number;
  readonly onStatement: OnStatement | undefined;
}

/** What the pipelines are doing just now. */
export interface PipelinesState {
  /** Connections with something under way. */
  readonly busy: number;
  /** Reads that come behind another on theirs. */
  readonly waiting: number;
}

/** Between attempts to connect. */
const pauseMs = 1_000;

/** The connections for reads that are over soon. They are opened by the first who would need one, and again when lost. */
export class Pipelines {
  readonly #options: PipelinesOptions;
  readonly #open = new Set<Pipeline>();
  #opening = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: PipelinesOptions) {
    this.#options = options;
  }

  get state(): PipelinesState {
    const underWay = [...this.#open].map((pipeline) => pipeline.underWay).filter((count) => count > 0);
    return { busy: underWay.length, waiting: underWay.reduce((sum, count) => sum + count - 1, 0) };
  }

  get underWay(): number {
    let sum = 0;
    for (const { underWay } of this.#open) sum += underWay;
    return sum;
  }

  /** The rows of a statement that only reads; undefined when none of the connections would answer soon. */
  read(query: CompiledQuery): Promise<readonly unknown[]> | undefined {
    const pipeline = this.#choose();
    return pipeline && this.#observed(pipeline, query);
  }

  /** Closes them at once. */
  close(): void {
    this.#closed = true;
    for (const pipeline of this.#open) pipeline.hangUp();
  }

  #choose(): Pipeline | undefined {
    if (this.#open.size + this.#opening < this.#options.count) void this.#connect();
    let best: Pipeline | undefined;
    for (const pipeline of this.#open) {
      if (pipeline.takesMore() && (!best || pipeline.underWay < best.underWay)) best = pipeline;
    }
    return best;
  }

  async #observed(pipeline: Pipeline, query: CompiledQuery): Promise<readonly unknown[]> {
    const tell = timeStatement(query, this.#options.onStatement);
    try {
      const rows = await pipeline.read(query);
      tell();
      return rows;
    } catch (error) {
      tell({ error });
      throw error;
    }
  }

  /** One more, for later reads; meanwhile, and where it cannot be had, the pool serves. */
  async #connect(): Promise<void> {
    const { availability } = this.#options;
    if (this.#closed || availability.away || performance.now() < this.#pausedUntil) return;
    this.#opening += 1;
    try {
      const pipeline = await Pipeline.open({ ...this.#options, onLost: (lost) => this.#open.delete(lost) });
      this.#open.add(pipeline);
      if (this.#closed) pipeline.hangUp();
    } catch {
      availability.suspect();
      this.#pausedUntil = performance.now() + pauseMs;
    } finally {
      this.#opening -= 1;
    }
  }
}
