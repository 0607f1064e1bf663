import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { migrate } from '../../server/database/schema.js';
import { isLegacyHash, verifyPassword } from '../../server/domain/users/password.js';
import { type CommandDatabase, createCommandDatabase } from '../support/commands.js';
import { describeOnEveryEngine } from '../support/engines.js';

/** The MD5 of `contrasena123`. */
const md5 = '1ba982bdaa28671155f71d06f34be874';
const header = 'id_usuario,correo,nombre_completo,contrasena,foto_perfil,fecha_registro';

describeOnEveryEngine('user:import-legacy', (engine) => {
  let files: CommandDatabase;
  beforeEach(async () => {
    files = await createCommandDatabase(engine);
    await migrate(files.database);
  });
  afterEach(() => files.drop());

  const run = (...lines: string[]) => {
    const path = join(files.folder, 'usuarios.csv');
    writeFileSync(path, lines.join('\n'));
    return files.run('import-legacy-users', [path]);
  };
  const users = () =>
    files.database.sql
      .selectFrom('users')
      .select(['name', 'email', 'email_normalized', 'password_hash', 'profile_image_key'])
      .orderBy('email_normalized')
      .execute();

  test('takes people over, with a password that works and a hash that is not theirs', async () => {
    const photo = `fotos_perfil/${'0'.repeat(32)}.png`;
    const { code, stdout, stderr } = await run(
      `\uFEFF${header}`,
      `1,Ana@mail.com,"Ruiz, Ana",${md5},${photo},2026-01-01`,
      `2,eva@mail.com,Eva,${md5.toUpperCase()},,2026-01-01`,
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: 'Read 2: added 2, already there 0, refused 0.\n',
      stderr: '',
    });
    const [ana, eva] = await users();
    expect(ana).toMatchObject({ name: 'Ruiz, Ana', email: 'Ana@mail.com', profile_image_key: photo });
    expect(eva).toMatchObject({ name: 'Eva', email: 'eva@mail.com', profile_image_key: null });
    for (const { password_hash: hash } of [ana, eva].flatMap((user) => user ?? [])) {
      expect(isLegacyHash(hash ?? '')).toBe(true);
      expect(hash).not.toContain(md5);
      expect(await verifyPassword(hash, 'contrasena123')).toBe(true);
      expect(await verifyPassword(hash, 'contrasena124')).toBe(false);
    }
  });

  test('leaves who is there as they are, also when it is repeated', async () => {
    const rows = [header, `1,ana@mail.com,Ana,${md5},,`, `2,ANA@mail.com,Otra,${md5},,`];
    expect((await run(...rows)).stdout).toBe('Read 2: added 1, already there 1, refused 0.\n');
    const before = await users();
    expect((await run(...rows)).stdout).toBe('Read 2: added 0, already there 2, refused 0.\n');
    expect(await users()).toEqual(before);
  });

  test('takes the rest when it refuses rows, and says where and why without what they say', async () => {
    const rows = [
      `1,nobody,Ana,${md5},,`,
      '2,b@mail.com,B,secret,,',
      `3,c@mail.com,,${md5},,`,
      `4,d@mail.com,D,${md5},,`,
    ];
    const { code, stdout, stderr } = await run(header, ...rows);
    expect({ code, stdout }).toEqual({ code: 2, stdout: 'Read 4: added 1, already there 0, refused 3.\n' });
    expect(stderr).toMatch(/usuarios\.csv:2: correo: expected an e-mail address\./);
    expect(stderr).toMatch(/usuarios\.csv:3: md5: expected 32 hexadecimal digits\./);
    expect(stderr).toMatch(/usuarios\.csv:4: nombre_completo: expected a name\./);
    expect(stderr).not.toContain('secret');
  });

  test.each([
    ['a file without the columns', ['a,b', '1,2'], /Expected the columns correo, nombre_completo, contrasena/],
    ['quotes that are not closed', [header, '1,"a@mail.com'], /Quote/i],
  ])('refuses %s in one line', async (_what, lines, message) => {
    const { code, stdout, stderr } = await run(...lines);
    expect({ code, stdout, lines: stderr.trim().split('\n').length }).toEqual({ code: 1, stdout: '', lines: 1 });
    expect(stderr).toMatch(message);
    expect(await users()).toEqual([]);
  });

  test('refuses a file that is not there', async () => {
    const { code, stderr } = await files.run('import-legacy-users', [join(files.folder, 'none.csv')]);
    expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringContaining('none.csv') });
  });
});
