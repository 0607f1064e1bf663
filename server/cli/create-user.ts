import { createApiKey } from '../domain/users/api-key.js';
import { UserRepository } from '../domain/users/user.repository.js';
import type { NewUser } from '../domain/users/user.types.js';
import { readArguments, usageError } from './arguments.js';
import { print, requireMigrated, runCommand } from './command.js';

const usage = 'npm run user:create -- --name "Ada Lovelace" [--username ada] [--email ada@example.org]';

await runCommand(async (context) => {
  const newUser = readNewUser();
  await requireMigrated(context);
  const apiKey = createApiKey();
  const user = await new UserRepository(context.database).create(newUser, apiKey);
  print(`Created user ${user.id}: ${user.name}`);
  print(`  x-api-key: ${apiKey}`);
  print('The key is not stored and cannot be shown again.');
});

function readNewUser(): NewUser {
  const option = { type: 'string' } as const;
  const { values } = readArguments({ options: { name: option, username: option, email: option } }, usage);
  const name = checkText('name', values.name, 190);
  const username = values.username === undefined ? null : checkText('username', values.username, 190);
  const email = values.email === undefined ? null : checkText('email', values.email, 320);
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) throw usageError('--email: expected an address', usage);
  return { name, username, email };
}

function checkText(option: string, value: string | undefined, maxLength: number): string {
  const text = value?.trim() ?? '';
  if (text === '' || text.length > maxLength) {
    throw usageError(`--${option}: expected 1 to ${maxLength} characters`, usage);
  }
  return text;
}
