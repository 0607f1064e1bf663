import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { migrate } from '../../server/database/schema.js';
import { seedDemo } from '../../server/database/seeds/demo.seed.js';
import { readMovies } from '../support/catalogue.js';
import { type CommandDatabase, createCommandDatabase } from '../support/commands.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createMovie } from '../support/factories.js';

describeOnEveryEngine('audit:ratings', (engine) => {
  let files: CommandDatabase;
  beforeEach(async () => {
    files = await createCommandDatabase(engine);
    await migrate(files.database);
    await seedDemo(files.database);
  });
  afterEach(() => files.drop());

  const set = (id: number, columns: { rating_count?: number; rating_sum?: number; average_rating?: number | null }) =>
    files.database.sql.updateTable('movies').set(columns).where('id', '=', id).execute();

  test('finds nothing in the demo set', async () => {
    const { code, stdout } = await files.run('audit-ratings');
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Films checked: 25. Drifted: 0.\n' });
  });

  test('goes through more films than one step takes', async () => {
    for (let film = 0; film < 200; film++) await createMovie(files.database);
    expect((await files.run('audit-ratings')).stdout).toBe('Films checked: 225. Drifted: 0.\n');
  });

  test('shows each film that has drifted, and exits with 1', async () => {
    await set(1, { rating_count: 7 });
    await set(2, { rating_sum: 0 });
    await set(3, { average_rating: null });
    await set(8, { average_rating: 5 });
    const { code, stdout } = await files.run('audit-ratings');
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      'film 1: stored count 7, sum 8.5, average 4.25; actual count 2, sum 8.5, average 4.25',
      'film 2: stored count 2, sum 0, average 4.75; actual count 2, sum 9.5, average 4.75',
      'film 3: stored count 1, sum 4.5, average none; actual count 1, sum 4.5, average 4.5',
      'film 8: stored count 0, sum 0, average 5; actual count 0, sum 0, average none',
      'Films checked: 25. Drifted: 4.',
      'To repair it: npm run audit:ratings -- --repair',
      '',
    ]);
  });

  test('repairs what it finds', async () => {
    const before = await readMovies(files.database);
    await set(1, { rating_count: 0, rating_sum: 1, average_rating: 2 });
    await set(8, { average_rating: 5 });
    const { code, stdout } = await files.run('audit-ratings', ['--repair']);
    expect(code).toBe(0);
    expect(stdout).toContain('Drifted: 2.\nAll of it was repaired.\n');
    expect(await readMovies(files.database)).toEqual(before);
    expect((await files.run('audit-ratings')).code).toBe(0);
  });

  test('checks the counts of the catalogue', async () => {
    await files.database.sql.updateTable('catalog_counts').set({ value: 3 }).execute();
    const found = await files.run('audit-ratings');
    expect(found.code).toBe(1);
    expect(found.stdout).toContain('catalog count movies: stored 3; actual 25\n');
    expect((await files.run('audit-ratings', ['--repair'])).code).toBe(0);
    expect((await files.run('audit-ratings')).code).toBe(0);
  });

  test('refuses options it does not have', async () => {
    const { code, stderr } = await files.run('audit-ratings', ['--fix']);
    expect(code).toBe(1);
    expect(stderr).toBe("Unknown option '--fix'. Usage: npm run audit:ratings [-- --repair]\n");
  });
});
