import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Database } from '../../server/database/database.js';
import { migrate } from '../../server/database/schema.js';
import { MoviePageRepository } from '../../server/domain/movies/movie-page.repository.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';
import { createMovie } from '../support/factories.js';

describeOnEveryEngine('pages of films by number', (engine) => {
  let target: TestDatabase;
  let database: Database;
  let pages: MoviePageRepository;

  beforeEach(async () => {
    target = await engine.createDatabase();
    database = await Database.open(target.config);
    await migrate(database);
    pages = new MoviePageRepository(database);
    for (let film = 0; film < 12; film++) await createMovie(database);
  });
  afterEach(async () => {
    await database.close();
    await target.drop();
  });

  async function expectAllPages(): Promise<void> {
    const films = await database.sql.selectFrom('movies').select('id').orderBy('id').execute();
    const ids = films.map(({ id }) => id);
    for (const limit of [1, 5, 100]) {
      for (let offset = 0; offset <= ids.length + limit; offset += limit) {
        const { rows, total } = await pages.listByOffset({ offset, limit });
        expect({ total, ids: rows.map(({ id }) => id) }).toEqual({
          total: ids.length,
          ids: ids.slice(offset, offset + limit),
        });
      }
    }
  }

  test('are those of counting films off', async () => {
    await expectAllPages();
  });

  test('are those also for many who ask at once, before any place is known', async () => {
    const ids = (await database.sql.selectFrom('movies').select('id').orderBy('id').execute()).map(({ id }) => id);
    for (let time = 0; time < 20; time++) {
      const asked = new MoviePageRepository(database);
      const found = await Promise.all(ids.map((_, offset) => asked.listByOffset({ offset, limit: 1 })));
      expect(found.map(({ rows }) => rows.map(({ id }) => id))).toEqual(ids.map((id) => [id]));
    }
  });

  test('have the films that came since', async () => {
    await expectAllPages();
    for (let film = 0; film < 5; film++) await createMovie(database);
    await expectAllPages();
  });

  test('lack the films that went, wherever they stood', async () => {
    await expectAllPages();
    for (const gone of [[1], [6, 7], [12]]) {
      await database.sql.deleteFrom('movies').where('id', 'in', gone).execute();
      await database.sql
        .updateTable('catalog_counts')
        .set((eb) => ({ value: eb('value', '-', gone.length) }))
        .where('name', '=', 'movies')
        .execute();
      await expectAllPages();
    }
    await createMovie(database);
    await expectAllPages();
  });

  test('are all empty in an empty catalogue', async () => {
    await database.sql.deleteFrom('movies').execute();
    await database.sql.updateTable('catalog_counts').set({ value: 0 }).execute();
    await expectAllPages();
  });
});
