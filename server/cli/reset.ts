import { reset } from '../database/schema.js';
import { CommandError, describeDatabase, print, runCommand } from './command.js';

await runCommand(async ({ config, database }) => {
  if (config.environment === 'production') {
    throw new CommandError('db:reset deletes everything and does not run with NODE_ENV=production.');
  }
  await reset(database);
  print(`Emptied and migrated ${describeDatabase(config.database)}`);
});
