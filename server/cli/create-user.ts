import { ApiKeyRepository } from '../domain/api-keys/api-key.repository.js';
import { hashLegacyPassword } from '../domain/users/password.js';
import { UserRepository } from '../domain/users/user.repository.js';
import type { NewUser } from '../domain/users/user.types.js';
import { readArguments, usageError } from './arguments.js';
import { print, requireMigrated, runCommand } from './command.js';

const usage =
  'npm run user:create -- --name "Ada Lovelace" [--username ada] [--email ada@example.org [--legacy-md5 HEX]] [--admin]';

await runCommand(async (context) => {
  const newUser = await readNewUser();
  await requireMigrated(context);
  const user = await new UserRepository(context.database).create(newUser);
  const { secret } = await new ApiKeyRepository(context.database).create(user.id, 'first key');
  print(`Created user ${user.id}: ${user.name}`);
  print(`  x-api-key: ${secret}`);
  print('The key is not stored and cannot be shown again.');
});

async function readNewUser(): Promise<NewUser> {
  const option = { type: 'string' } as const;
  const { values } = readArguments(
    { options: { name: option, username: option, email: option, 'legacy-md5': option, admin: { type: 'boolean' } } },
    usage,
  );
  const name = checkText('name', values.name, 190);
  const username = values.username === undefined ? null : checkText('username', values.username, 190);
  const email = values.email === undefined ? null : checkText('email', values.email, 320);
  if (email !== null && !/^[^\s@]+@[^\s@]+$/.test(email)) throw usageError('--email: expected an address', usage);
  const md5 = values['legacy-md5'];
  if (md5 !== undefined && !/^[0-9a-f]{32}$/i.test(md5))
    throw usageError('--legacy-md5: expected 32 hex digits', usage);
  const passwordHash = md5 === undefined ? null : await hashLegacyPassword(md5);
  return { name, username, email, passwordHash, role: values.admin === true ? 'admin' : 'user' };
}

function checkText(option: string, value: string | undefined, maxLength: number): string {
  const text = value?.trim() ?? '';
  if (text === '' || text.length > maxLength) {
    throw usageError(`--${option}: expected 1 to ${maxLength} characters`, usage);
  }
  return text;
}
