import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { migrate } from '../../server/database/schema.js';
import { hashApiKey } from '../../server/domain/api-keys/api-key.secret.js';
import { readMovies } from '../support/catalogue.js';
import { type CommandDatabase, createCommandDatabase, startCommand } from '../support/commands.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createMovie, createUser } from '../support/factories.js';
import { keys } from '../support/http.js';

describeOnEveryEngine('the database commands', (engine) => {
  let files: CommandDatabase;
  beforeEach(async () => {
    files = await createCommandDatabase(engine);
  });
  afterEach(() => files.drop());

  test('db:migrate applies what is missing, then nothing', async () => {
    const first = await files.run('migrate');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain('Applied 20261122000000-films-ratings-watchlists\n');
    const second = await files.run('migrate');
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toContain('Nothing to apply');
  });

  test('db:seed migrates, puts the demo set in once, and shows its keys', async () => {
    const first = await files.run('seed');
    expect(first).toMatchObject({ code: 0, stderr: '' });
    for (const key of Object.values(keys)) expect(first.stdout).toContain(`x-api-key: ${key}\n`);
    const before = await readMovies(files.database);
    const second = await files.run('seed');
    expect(second).toMatchObject({ code: 0, stderr: '' });
    expect(second.stdout).toMatch(/^The demo set was already in .*\n {2}john_doe/);
    expect(await readMovies(files.database)).toEqual(before);
  });

  test('db:seed leaves other data alone', async () => {
    await migrate(files.database);
    await createMovie(files.database);
    const { code, stdout } = await files.run('seed');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Left as it was, because it holds other data: .*\n$/);
    expect(await readMovies(files.database)).toHaveLength(1);
  });

  test('db:seed warns in production that the keys are public', async () => {
    const { code, stderr } = await files.run('seed', [], { NODE_ENV: 'production' });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^Warning: these API keys are public[^\n]*\n$/);
  });

  test('db:reset empties everything, and ids start at 1 again', async () => {
    await files.run('seed');
    await createUser(files.database);
    const { code, stderr } = await files.run('reset');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await readMovies(files.database)).toEqual([]);
    expect((await createUser(files.database)).id).toBe(1);
    expect(await createMovie(files.database)).toBe(1);
  });

  test('db:reset makes a database that never had tables', async () => {
    expect((await files.run('reset')).code).toBe(0);
    expect((await files.run('reset')).code).toBe(0);
    expect(await readMovies(files.database)).toEqual([]);
  });

  test('db:reset does nothing in production', async () => {
    await files.run('seed');
    const { code, stdout, stderr } = await files.run('reset', [], { NODE_ENV: 'production' });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^db:reset [^\n]* NODE_ENV=production\.\n$/);
    expect(await readMovies(files.database)).toHaveLength(25);
  });

  test('user:create prints a key that works, once', async () => {
    await files.run('seed');
    const args = ['--name', 'Ada Lovelace', '--username', 'ada', '--email', 'Ada@Example.org'];
    const { code, stdout } = await files.run('create-user', args);
    expect(code).toBe(0);
    const key = /x-api-key: (fg_[\w-]{43})\n/.exec(stdout)?.[1] ?? '';
    const user = await files.database.sql.selectFrom('users').selectAll().where('id', '=', 4).executeTakeFirst();
    expect(user).toMatchObject({ name: 'Ada Lovelace', username: 'ada', email: 'Ada@Example.org', role: 'user' });
    expect(user).toMatchObject({ email_normalized: 'ada@example.org' });
    const stored = await files.database.sql.selectFrom('api_keys').select('hash').where('user_id', '=', 4).execute();
    expect(stored).toEqual([{ hash: hashApiKey(key) }]);
    const again = await files.run('create-user', args);
    expect(again).toMatchObject({ code: 1, stdout: '', stderr: 'Failed: This username is taken.\n' });
  });

  test.each([
    [[], '--name: expected 1 to 190 characters'],
    [['--name', ' '], '--name: expected 1 to 190 characters'],
    [['--nam', 'Ada'], "Unknown option '--nam'"],
    [['Ada'], "Unexpected argument 'Ada'"],
    [['--name', 'Ada', '--email', 'ada'], '--email: expected an address'],
  ])('user:create %j says what is wrong and how to do it', async (args, problem) => {
    const { code, stdout, stderr } = await files.run('create-user', args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toHaveLength(2);
    expect(stderr.startsWith(problem)).toBe(true);
    expect(stderr).toContain('Usage: npm run user:create -- --name "Ada Lovelace"');
  });

  test('commands that need tables say how to get them', async () => {
    const { code, stderr } = await files.run('audit-ratings', [], { NODE_ENV: 'production' });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'The database lacks migrations. Run: npm run db:migrate\n',
    });
  });
});

describe('a command that cannot start', () => {
  test.each(['migrate', 'reset', 'seed', 'create-user', 'import-movielens', 'audit-ratings'])(
    '%s says in one line what is wrong with the configuration',
    async (name) => {
      const environment = { DATABASE_URL: 'postgres://ada:pw1@host/name' };
      const { code, stdout, stderr } = await startCommand(name, ['x'], environment).result;
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^DATABASE_URL: expected [^\n]*\n$/);
      expect(stderr).not.toContain('pw1');
    },
  );

  test.each(['migrate', 'reset', 'seed'])('%s says in one line that the database is away', async (name) => {
    const environment = { DATABASE_URL: 'mysql://ada:pw1@127.0.0.1:1/name' };
    const { code, stdout, stderr } = await startCommand(name, [], environment).result;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe('The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1\n');
  });
});
