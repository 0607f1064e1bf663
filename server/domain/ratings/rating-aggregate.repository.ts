import { type Expression, type RawBuilder, sql } from 'kysely';

/** A count and a sum of ratings: numbers, or SQL that yields them for the film being updated. */
export interface AggregateValues {
  readonly count: number | Expression<unknown>;
  /** Hundredths. */
  readonly sum: number | Expression<unknown>;
}

interface AggregateColumns {
  readonly average_rating: RawBuilder<number | null>;
  readonly rating_count: RawBuilder<number>;
  readonly rating_sum: RawBuilder<number>;
}

/** The assignments that add to a film's aggregate; whoever writes ratings uses these and no others. */
export function addToAggregate({ count, sum }: AggregateValues): AggregateColumns {
  return setAggregate({ count: sql`(rating_count + ${count})`, sum: sql`(rating_sum + ${sum})` });
}

/** The assignments that set a film's aggregate. The engine divides, so that every writer's average has the same bits. */
export function setAggregate({ count, sum }: AggregateValues): AggregateColumns {
  return {
    // The average comes first: MySQL assigns from left to right, and it must see the old count and sum as SQLite does.
    average_rating: sql`${sum} * 1e0 / (nullif(${count}, 0) * 100)`,
    rating_count: sql`${count}`,
    rating_sum: sql`${sum}`,
  };
}
