import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dialectNames } from '../../server/app.js';
import { importMovieLens } from '../../server/cli/movielens/importer.js';
import { ImportReport } from '../../server/cli/movielens/report.js';
import { openSource } from '../../server/cli/movielens/source.js';
import { contracts } from '../support/contracts.js';
import { sqlite } from '../support/engines.js';
import { sendGraphql } from '../support/http.js';
import { imageBytes } from '../support/images.js';
import { startServer, type TestServer } from '../support/server.js';
import { normalise, readWalk, runWalk } from '../support/walk.js';

/** The real files may not be copied into the project: their licence keeps them where they were downloaded. */
const movieLens = process.env['MOVIELENS_DIR'] ?? '../shared/data/ml-latest-small';

const pages = ['README.md', ...globSync('docs/dialects/*.md')].map((page) => {
  const text = readFileSync(page, 'utf8');
  // Other commands than curl are for people: they start servers and import files.
  const steps = readWalk(text, dialectNames).filter(({ command }) => /^(curl |[A-Z]\w*=)/.test(command));
  return { page, steps, needsMovieLens: steps.length > 0 && /films of `ml-latest-small`/.test(text) };
});

const present = existsSync(join(movieLens, 'ratings.csv'));
const tried = pages.filter(({ needsMovieLens }) => present || !needsMovieLens);
for (const { page } of pages.filter((one) => !tried.includes(one))) {
  process.stderr.write(`\n!! NO MOVIELENS DATA IN ${movieLens} (set MOVIELENS_DIR): ${page} IS NOT TRIED.\n\n`);
}

test.each(tried)(
  'what $page shows is what happens',
  async ({ steps, needsMovieLens }) => {
    const server = await startServer(sqlite);
    const folder = mkdtempSync(join(tmpdir(), 'filmgraph-walk-'));
    writeFileSync(join(folder, 'foto.png'), imageBytes('png'));
    try {
      if (needsMovieLens) await importFilms(server);
      const local = steps.map((step) => ({ ...step, command: step.command.replaceAll('localhost:3000', server.url) }));
      const asksWithToken = steps.some(({ command }) => command.includes('$T'));
      const token = asksWithToken ? { T: await beginSession(server) } : {};
      const variables = { B: server.url, J: 'content-type: application/json', ...token };
      const outputs = await runWalk(local, { folder, variables });
      const told = (texts: readonly string[]) =>
        texts.map((text, index) => `$ ${steps[index]?.command}\n${normalise(text)}`);
      expect(told(outputs)).toEqual(told(steps.map(({ output }) => output)));
    } finally {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  120_000,
);

test('every dialect has a page that shows how it is used', () => {
  const shown = new Map(pages.map(({ page, steps }) => [page, steps.length]));
  const silent = contracts.filter(({ dialect }) => !shown.get(`docs/dialects/${dialect.name}.md`));
  expect(silent.map(({ dialect }) => dialect.name)).toEqual([]);
});

async function importFilms({ app: { database } }: TestServer): Promise<void> {
  const report = new ImportReport(() => {});
  await importMovieLens({ database, files: await openSource(movieLens), report, onProgress: () => {} });
}

/** A person's token, as `T` on the pages. */
async function beginSession({ url }: TestServer): Promise<string> {
  const input = { name: 'Walker', email: 'walker@example.org', password: 'long enough' };
  const text = 'mutation ($input: RegisterInput!) { register(input: $input) { token } }';
  return (await sendGraphql(url, text, { variables: { input } })).body.data.register.token;
}
