import { type Kysely, sql } from 'kysely';
import type { Database, Tables } from '../../database/database.js';
import { setAggregate } from './rating-aggregate.repository.js';
import { averageScore } from './score.js';

/** What a film says of its ratings. */
export interface RatingAggregate {
  readonly count: number;
  /** Hundredths. */
  readonly sum: number;
  /** Of scores, not hundredths; null when unrated. */
  readonly average: number | null;
}

/** A film whose aggregate is not what its ratings add up to. */
export interface RatingDrift {
  readonly movieId: number;
  readonly stored: RatingAggregate;
  readonly actual: RatingAggregate;
}

/** One step of an audit: which films were looked at, and which of them have drifted. */
export interface AuditedFilms {
  readonly checked: number;
  readonly drifted: readonly RatingDrift[];
}

interface AggregateRow {
  readonly id: number;
  readonly rating_count: number;
  readonly rating_sum: number;
  readonly average_rating: number | null;
  readonly counted: number;
  readonly summed: number | null;
}

/** Films per statement: a step's read stays short beside requests, whatever the size of the catalogue. */
const filmsPerStep = 200;

/** Recomputes what `RatingRepository` maintains. */
export class RatingAuditRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Goes through all films by id. Each step is one statement and so sees one state of films and ratings: ratings that
   * are written meanwhile are never taken for drift.
   */
  async *audit(): AsyncGenerator<AuditedFilms> {
    let lastId = 0;
    for (;;) {
      const rows = await readAggregates(this.#database.sql, lastId);
      const last = rows.at(-1);
      if (!last) return;
      lastId = last.id;
      yield { checked: rows.length, drifted: rows.map(toDrift).filter(hasDrifted) };
    }
  }

  /** Sets a film's aggregate to what its ratings add up to, under the lock that every writer of its ratings takes. */
  async repair(movieId: number): Promise<void> {
    await this.#database.transaction(async ({ sql: db, audit }) => {
      await sql`update movies set rating_count = rating_count where id = ${movieId}`.execute(db);
      const actual = await readActual(db, movieId);
      await db.updateTable('movies').set(setAggregate(actual)).where('id', '=', movieId).execute();
      await audit({ action: 'movie.repairAggregate', subjectId: movieId, after: { ...actual } });
    });
  }
}

async function readAggregates(db: Kysely<Tables>, afterId: number): Promise<AggregateRow[]> {
  const films = db
    .selectFrom('movies')
    .select(['id', 'rating_count', 'rating_sum', 'average_rating'])
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(filmsPerStep);
  return db
    .selectFrom(films.as('films'))
    .leftJoin('ratings', 'ratings.movie_id', 'films.id')
    .select(['films.id', 'films.rating_count', 'films.rating_sum', 'films.average_rating'])
    .select((eb) => [eb.fn.count<number>('ratings.id').as('counted'), eb.fn.sum<number>('ratings.score').as('summed')])
    .groupBy(['films.id', 'films.rating_count', 'films.rating_sum', 'films.average_rating'])
    .orderBy('films.id')
    .$castTo<AggregateRow>()
    .execute();
}

async function readActual(db: Kysely<Tables>, movieId: number): Promise<RatingAggregate> {
  const row = await db
    .selectFrom('ratings')
    .select((eb) => [eb.fn.countAll<number>().as('counted'), eb.fn.sum<number>('score').as('summed')])
    .where('movie_id', '=', movieId)
    .executeTakeFirstOrThrow();
  return aggregateOf(row.counted, row.summed);
}

function toDrift(row: AggregateRow): RatingDrift {
  const stored = { count: row.rating_count, sum: Number(row.rating_sum), average: row.average_rating };
  return { movieId: row.id, stored, actual: aggregateOf(row.counted, row.summed) };
}

/** MySQL's counts and sums come as text, and the sum of nothing as null. */
function aggregateOf(counted: number, summed: number | null): RatingAggregate {
  const [count, sum] = [Number(counted), Number(summed)];
  return { count, sum, average: averageScore({ ratingCount: count, ratingSum: sum }) };
}

function hasDrifted({ stored, actual }: RatingDrift): boolean {
  return stored.count !== actual.count || stored.sum !== actual.sum || stored.average !== actual.average;
}
