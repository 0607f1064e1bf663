import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Database } from '../../server/database/database.js';
import { migrate } from '../../server/database/schema.js';
import { RatingRepository } from '../../server/domain/ratings/rating.repository.js';
import { RatingAuditRepository } from '../../server/domain/ratings/rating-audit.repository.js';
import { readCatalogue } from '../support/catalogue.js';
import {
  type CommandDatabase,
  createCommandDatabase,
  type MovieLensRows,
  startCommand,
  writeMovieLens,
} from '../support/commands.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';

const filmIds = Array.from({ length: 3000 }, (_, index) => index + 1);
const userIds = Array.from({ length: 120 }, (_, index) => index + 1);
const rows = {
  movies: filmIds.map((id) => `${id},Film ${id} (${1900 + (id % 120)}),Drama|Genre ${id % 7}`),
  links: filmIds.map((id) => `${id},${id},${id}`),
  ratings: userIds.flatMap((user) =>
    filmIds
      .filter((id) => id % 6 === user % 6)
      .map((id) => `${user},${id},${((user * id) % 10) / 2 + 0.5},${user + id}`),
  ),
} satisfies MovieLensRows;

describeOnEveryEngine('an import that is not alone or not let finish', (engine) => {
  let files: CommandDatabase;
  beforeEach(async () => {
    files = await createCommandDatabase(engine);
    await migrate(files.database);
  });
  afterEach(() => files.drop());

  const start = (folder: string) => startCommand('import-movielens', [folder], { DATABASE_URL: files.url });

  test('killed at any point and started again, it leaves what an undisturbed one leaves', async () => {
    const folder = writeMovieLens(files.folder, rows);
    for (const [table, least] of [
      ['movies', 1],
      ['ratings', 1],
      ['ratings', rows.ratings.length / 2],
    ] as const) {
      const { child, result } = start(folder);
      await until(async () => (await count(files.database, table)) >= least);
      child.kill('SIGKILL');
      expect((await result).code).toBeNull();
      expect(await findDrift(files.database)).toEqual([]);
    }
    const killed = await count(files.database, 'ratings');
    expect(killed).toBeLessThan(rows.ratings.length);
    expect((await start(folder).result).code).toBe(0);

    const undisturbed = await createCommandDatabase(engine);
    try {
      await migrate(undisturbed.database);
      await undisturbed.run('import-movielens', [folder]);
      expect(await readCatalogue(files.database)).toEqual(await readCatalogue(undisturbed.database));
    } finally {
      await undisturbed.drop();
    }
  }, 120_000);

  test('it keeps every average right while others rate the same films', async () => {
    await start(writeMovieLens(files.folder, { movies: rows.movies }, 'films')).result;
    const { id: userId } = await createUser(files.database);
    const ratings = new RatingRepository(files.database);
    const { child, result } = start(writeMovieLens(files.folder, rows));
    const drifts = [];
    let rated = 0;
    for (; child.exitCode === null; rated++) {
      await ratings.createOrReplace(userId, (rated % 500) + 1, { score: (rated * 50) % 501, comment: null });
      if (rated % 20 === 0) drifts.push(...(await findDrift(files.database)));
      await sleep(1);
    }
    expect((await result).code).toBe(0);
    expect([...drifts, ...(await findDrift(files.database))]).toEqual([]);
    expect(await count(files.database, 'ratings')).toBe(rows.ratings.length + Math.min(rated, 500));
  }, 120_000);

  test('two of the same at once leave what one leaves', async () => {
    const folder = writeMovieLens(files.folder, rows);
    const results = await Promise.all([start(folder).result, start(folder).result]);
    expect(results.map(({ code, stderr }) => [code, stderr.replace(/^ *\d+ % .*\n/gm, '')])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(await count(files.database, 'ratings')).toBe(rows.ratings.length);
    expect(await count(files.database, 'movies')).toBe(filmIds.length);
    expect(await findDrift(files.database)).toEqual([]);
  }, 120_000);
});

async function count(database: Database, table: 'movies' | 'ratings'): Promise<number> {
  const query = database.sql.selectFrom(table).select((eb) => eb.fn.countAll<number>().as('total'));
  return Number((await query.executeTakeFirstOrThrow()).total);
}

async function findDrift(database: Database): Promise<unknown[]> {
  const drifted = [];
  for await (const step of new RatingAuditRepository(database).audit()) drifted.push(...step.drifted);
  return drifted;
}

async function until(isReached: () => Promise<boolean>): Promise<void> {
  while (!(await isReached())) await sleep(2);
}
