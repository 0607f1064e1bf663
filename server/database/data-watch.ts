import type { LogEvent } from 'kysely';
import type { ValuedQuery } from './statement.js';
import type { FindTouched } from './touched-tables.js';

/** What is touched: a table, and of one that is kept by film only some films' part of it; undefined: any. */
export interface Touch {
  readonly tables: readonly string[];
  readonly films: readonly number[] | undefined;
}

/** Whoever wants to know what is read and what changes, and when (ADR 0016). Told where the statement runs. */
export interface DataWatch {
  /** Whether it wants to know what is read here and now. */
  readonly listens: boolean;
  /** Some of it was read, outside any transaction. */
  onRead(touch: Touch): void;
  /** Some of it was changed, and that is not committed yet, or has just been. */
  onChange(touch: Touch | 'everything'): void;
  /** Runs what changes something up to its commit, or its failure; whoever waits for it waits for what `whileChanging` does. */
  whileChanging<T>(work: () => Promise<T>): Promise<T>;
}

/** Tells a watch of statements, once it has learnt to read them: before any is run. */
export class StatementReporter {
  readonly #watch: DataWatch;
  #findTouched: FindTouched = () => ({ reads: [], changes: 'everything' });

  constructor(watch: DataWatch) {
    this.#watch = watch;
  }

  learn(findTouched: FindTouched): void {
    this.#findTouched = findTouched;
  }

  /** A statement is over, done or failed. */
  report({ query, level }: LogEvent): void {
    const { reads, changes } = this.#findTouched(query.sql);
    const { films, input } = query as Partial<ValuedQuery>; // what others made knows of no films
    if (changes === 'everything') this.#watch.onChange(changes);
    else if (changes.length > 0)
      this.#watch.onChange({ tables: changes, films: films?.(input as never, []) }); // the input is the statement's own
    // What was found is told by `reportRows`; who did not find it has no answer either.
    else if (this.#watch.listens && (films === undefined || level === 'error')) {
      this.#watch.onRead({ tables: reads, films: undefined });
    }
  }

  /** What a prepared statement that is about some films has read. */
  reportRows({ sql, films, input }: ValuedQuery, rows: readonly unknown[]): void {
    if (films && this.#watch.listens)
      this.#watch.onRead({ tables: this.#findTouched(sql).reads, films: films(input as never, rows as never) }); // both are the statement's own
  }
}
