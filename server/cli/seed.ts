import { migrate } from '../database/schema.js';
import { type SeedOutcome, seedDemo } from '../database/seeds/demo.seed.js';
import { demoUsers } from '../database/seeds/demo-data.js';
import { describeDatabase, print, printError, runCommand } from './command.js';

const outcomes = {
  seeded: 'Put the demo set into',
  present: 'The demo set was already in',
  occupied: 'Left as it was, because it holds other data:',
} satisfies Record<SeedOutcome, string>;

await runCommand(async ({ config, database }) => {
  await migrate(database);
  const outcome = await seedDemo(database);
  print(`${outcomes[outcome]} ${describeDatabase(config.database)}`);
  if (outcome === 'occupied') return;
  for (const { username, apiKey } of demoUsers) print(`  ${username.padEnd(12)} x-api-key: ${apiKey}`);
  if (config.environment === 'production') {
    printError('Warning: these API keys are public, and everyone can act as these users.');
  }
});
