import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { type CommandDatabase, createCommandDatabase } from '../support/commands.js';
import { describeOnMySql } from '../support/engines.js';

describeOnMySql('the account that db:migrate admits', (engine) => {
  let files: CommandDatabase;
  const user = `app_${process.pid}`;
  const account = (password: string) => ({ DATABASE_APP_USER: user, DATABASE_APP_PASSWORD: password });
  beforeEach(async () => {
    files = await createCommandDatabase(engine);
  });
  afterEach(async () => {
    await query(files.url, `drop user if exists ${user}@'%'`);
    await files.drop();
  });

  /** The same database with another login. */
  function urlFor(password: string): string {
    const url = new URL(files.url);
    [url.username, url.password] = [user, password];
    return url.href;
  }

  test('reads and writes rows, and changes no table', async () => {
    const { code, stdout } = await files.run('migrate', [], account('first-password-1'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`Admitted ${user}, `) });
    const url = urlFor('first-password-1');
    await query(url, "insert into genres (name, name_key) values ('Noir', 'noir')");
    await expect(query(url, 'drop table genres')).rejects.toThrow('command denied');
    await expect(query(url, 'alter table genres add column x int')).rejects.toThrow('command denied');
  });

  test('has the new password after the next run, also when nothing was to be migrated', async () => {
    await files.run('migrate', [], account('first-password-1'));
    expect(await files.run('migrate', [], account('second-password2'))).toMatchObject({ code: 0, stderr: '' });
    await query(urlFor('second-password2'), 'select 1');
    await expect(query(urlFor('first-password-1'), 'select 1')).rejects.toThrow('Access denied');
  });
});

async function query(url: string, statement: string): Promise<void> {
  const connection = await createConnection(url);
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}
