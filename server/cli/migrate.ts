import { migrate } from '../database/schema.js';
import { describeDatabase, print, runCommand } from './command.js';

await runCommand(async ({ config, database }) => {
  const names = await migrate(database);
  for (const name of names) print(`Applied ${name}`);
  if (names.length === 0) print('Nothing to apply: every migration is there.');
  print(`Migrated ${describeDatabase(config.database)}`);
});
