import { sql } from 'kysely';
import type { Database } from '../../database/database.js';
import type { CountedCall, DialectUsageFilter, DialectUsageRow } from './dialect-usage.types.js';

/** Rows of one statement. */
const batchSize = 200;

/** How often dialects are called. */
export class DialectUsageRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Adds to what is there, so that several processes can count at once; all of it or nothing. */
  async add(counts: readonly CountedCall[]): Promise<void> {
    // Always in the same order, so that two processes wait for each other instead of deadlocking.
    const ordered = counts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    await this.#database.transaction(async ({ sql: db }) => {
      for (let start = 0; start < ordered.length; start += batchSize) {
        const insert = db.insertInto('dialect_calls').values(ordered.slice(start, start + batchSize));
        await (this.#database.engine === 'mysql'
          ? insert.onDuplicateKeyUpdate({ calls: sql`calls + values(calls)` })
          : insert.onConflict((conflict) =>
              conflict.columns(['day', 'dialect', 'route', 'caller']).doUpdateSet({
                calls: sql`dialect_calls.calls + excluded.calls`,
              }),
            )
        ).execute();
      }
    });
  }

  /** Sums over days, the largest first. */
  async list({ dialect, from, to }: DialectUsageFilter, limit: number): Promise<DialectUsageRow[]> {
    const rows = await this.#database.sql
      .selectFrom('dialect_calls')
      .select((eb) => [
        'dialect',
        'route',
        'caller',
        eb.fn.sum<number>('calls').as('calls'),
        eb.fn.min<string>('day').as('firstDay'),
        eb.fn.max<string>('day').as('lastDay'),
      ])
      .$if(dialect !== null, (query) => query.where('dialect', '=', dialect))
      .$if(from !== null, (query) => query.where('day', '>=', from))
      .$if(to !== null, (query) => query.where('day', '<=', to))
      .groupBy(['dialect', 'route', 'caller'])
      .orderBy('calls', 'desc')
      .orderBy('dialect')
      .orderBy('route')
      .orderBy('caller')
      .limit(limit)
      .execute();
    return rows.map((row) => ({ ...row, calls: Number(row.calls) }));
  }
}

function keyOf({ day, dialect, route, caller }: CountedCall): string {
  return [day, dialect, route, caller].join('\n');
}
