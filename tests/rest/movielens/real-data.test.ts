import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { importMovieLens } from '../../../server/cli/movielens/importer.js';
import { ImportReport } from '../../../server/cli/movielens/report.js';
import { openSource } from '../../../server/cli/movielens/source.js';
import { describeOnEveryEngine } from '../../support/engines.js';
import { send } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';
import { tokenVerifier } from './films.js';

/** The real files may not be copied into the project: their licence keeps them where they were downloaded. */
const folder = process.env['MOVIELENS_DIR'] ?? '../shared/data/ml-latest-small';
const present = existsSync(join(folder, 'ratings.csv'));
if (!present) {
  process.stderr.write(`\n!! NO MOVIELENS DATA IN ${folder} (set MOVIELENS_DIR): THE DIALECT IS NOT TESTED ON IT.\n\n`);
}

(present ? describe : describe.skip)('the Movie API on the real MovieLens files', () => {
  describeOnEveryEngine('ml-latest-small', (engine) => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer(engine, { tokenVerifier });
      const { database } = server.app;
      const report = new ImportReport(() => {});
      await importMovieLens({ database, files: await openSource(folder), report, onProgress: () => {} });
    }, 120_000);
    afterAll(() => server.close());

    const ask = async (path: string) =>
      (await send(server.url + path, { headers: { authorization: 'Bearer person' } })).body;

    test('has the documented totals', async () => {
      expect(await ask('/api/movies')).toMatchObject({ page_size: 20, total_items: 9742, total_pages: 488 });
    });

    test('ends where the documented totals say', async () => {
      expect((await ask('/api/movies?page=488')).items).toHaveLength(2);
      expect((await ask('/api/movies?page=489')).items).toEqual([]);
    });

    test('answers the documented example', async () => {
      const { items } = await ask('/api/movies?title=toy&genre=Adventure&year=1995');
      expect(items).toEqual([
        {
          id: 1,
          movie_id: 1,
          title: 'Toy Story (1995)',
          year: 1995,
          genres: ['Adventure', 'Animation', 'Children', 'Comedy', 'Fantasy'],
        },
      ]);
    });
  });
});
