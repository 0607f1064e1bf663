import { admit } from '../database/app-account.js';
import { migrate } from '../database/schema.js';
import { describeDatabase, print, runCommand } from './command.js';

await runCommand(async ({ config, database }) => {
  const names = await migrate(database);
  for (const name of names) print(`Applied ${name}`);
  if (names.length === 0) print('Nothing to apply: every migration is there.');
  if (config.appAccount) {
    await admit(database, config.appAccount);
    print(`Admitted ${config.appAccount.user}, who reads and writes rows and changes no table.`);
  }
  print(`Migrated ${describeDatabase(config.database)}`);
});
