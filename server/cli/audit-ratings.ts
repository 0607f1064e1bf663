import { CatalogCountRepository } from '../domain/movies/catalog-count.repository.js';
import { type RatingAggregate, RatingAuditRepository } from '../domain/ratings/rating-audit.repository.js';
import { readArguments } from './arguments.js';
import { type CommandContext, print, requireMigrated, runCommand } from './command.js';

const usage = 'npm run audit:ratings [-- --repair]';

await runCommand(async (context) => {
  const { values } = readArguments({ options: { repair: { type: 'boolean' } } }, usage);
  await requireMigrated(context);
  const repair = values.repair === true;
  const drifted = (await auditFilms(context, repair)) + (await auditCounts(context, repair));
  if (drifted > 0) print(repair ? 'All of it was repaired.' : 'To repair it: npm run audit:ratings -- --repair');
  return drifted > 0 && !repair ? 1 : 0;
});

async function auditFilms({ database }: CommandContext, repair: boolean): Promise<number> {
  const ratings = new RatingAuditRepository(database);
  let [checked, drifted] = [0, 0];
  for await (const step of ratings.audit()) {
    checked += step.checked;
    drifted += step.drifted.length;
    for (const { movieId, stored, actual } of step.drifted) {
      print(`film ${movieId}: stored ${present(stored)}; actual ${present(actual)}`);
      if (repair) await ratings.repair(movieId);
    }
  }
  print(`Films checked: ${checked}. Drifted: ${drifted}.`);
  return drifted;
}

async function auditCounts({ database }: CommandContext, repair: boolean): Promise<number> {
  const counts = new CatalogCountRepository(database);
  const drifted = await counts.findDrift();
  for (const { name, stored, actual } of drifted) {
    print(`catalog count ${name}: stored ${stored}; actual ${actual}`);
    if (repair) await counts.repair(name);
  }
  return drifted.length;
}

function present({ count, sum, average }: RatingAggregate): string {
  return `count ${count}, sum ${sum / 100}, average ${average ?? 'none'}`;
}
