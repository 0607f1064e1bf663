import { readArguments, usageError } from './arguments.js';
import { print, printError, requireMigrated, runCommand } from './command.js';
import { importMovieLens } from './movielens/importer.js';
import { ImportReport } from './movielens/report.js';
import { openSource } from './movielens/source.js';
import { createProgress } from './progress.js';

const usage = 'npm run import:movielens -- DIR (with movies.csv, links.csv and ratings.csv)';
/** Some rows were refused, and all others imported. */
const partlyRefused = 2;

await runCommand(async (context) => {
  const files = await openSource(readFolder());
  await requireMigrated(context);
  const startedAt = performance.now();
  const progress = createProgress(Object.values(files).reduce((total, { bytes }) => total + bytes, 0));
  const report = new ImportReport((line) => {
    progress.end();
    printError(line);
  });
  try {
    const onProgress = (file: { name: string }, bytes: number) => progress.advance(file.name, bytes);
    await importMovieLens({ database: context.database, files, report, onProgress });
  } finally {
    progress.end();
  }
  for (const line of report.present()) print(line);
  print();
  print(`Took ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
  return report.refused > 0 ? partlyRefused : 0;
});

function readFolder(): string {
  const { positionals } = readArguments({ allowPositionals: true }, usage);
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw usageError('Expected one folder', usage);
  return folder;
}
