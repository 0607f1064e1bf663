import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { UserRepository } from '../../server/domain/users/user.repository.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, sendGraphql } from '../support/http.js';
import { imageBytes } from '../support/images.js';
import { startServer, type TestServer } from '../support/server.js';

/** A person of the demo set, who is made an administrator. */
const bob = 3;

describeOnEveryEngine('the audit log of images', (engine) => {
  let server: TestServer;
  let lastEntry: number;
  beforeAll(async () => {
    server = await startServer(engine);
    const { sql } = server.app.database;
    await sql.updateTable('users').set({ role: 'admin' }).where('id', '=', bob).execute();
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    const { sql } = server.app.database;
    await sql.deleteFrom('image_uploads').execute();
    const last = sql.selectFrom('audit_log').select((eb) => eb.fn.max<number>('id').as('id'));
    lastEntry = Number((await last.executeTakeFirstOrThrow()).id);
  });

  async function ask(operation: string, requestId: string) {
    const headers = { 'x-request-id': requestId };
    return (await sendGraphql(server.url, `mutation { ${operation} }`, { apiKey: keys.bob, headers })).body;
  }

  async function announce(requestId: string, more = '') {
    const input = `contentType: PNG, byteSize: 100${more}`;
    const { data } = await ask(`createImageUpload(input: { ${input} }) { key url }`, requestId);
    return data?.createImageUpload as { key: string; url: string } | undefined;
  }

  /** Announces an image and sends it. @returns its key */
  async function sendNew(more = '', bytes = imageBytes('png')): Promise<string> {
    const upload = await announce('audit-announce', more);
    const path = new URL(upload?.url ?? '').pathname;
    const { status } = await fetch(server.url + path, { method: 'PUT', body: bytes });
    expect(status).toBe(204);
    return upload?.key ?? '';
  }

  const confirm = (key: string) => ask(`confirmImageUpload(input: { key: "${key}" }) { imageUrl }`, 'audit-confirm');

  async function entriesOf(requestId: string) {
    const { sql } = server.app.database;
    const ofRequest = sql.selectFrom('audit_log').selectAll().where('request_id', '=', requestId);
    const rows = await ofRequest.where('id', '>', lastEntry).orderBy('id').execute();
    return rows.map((row) => ({
      action: row.action,
      actorId: row.actor_id,
      subjectId: row.subject_id,
      before: JSON.parse(row.old_values ?? 'null'),
      after: JSON.parse(row.new_values ?? 'null'),
    }));
  }

  async function state() {
    const { sql } = server.app.database;
    const uploads = await sql.selectFrom('image_uploads').select(['object_key', 'user_id']).execute();
    const people = await sql.selectFrom('users').select(['id', 'name', 'profile_image_key']).orderBy('id').execute();
    const films = await sql.selectFrom('movies').select(['id', 'poster_key']).orderBy('id').execute();
    return { uploads, people, films };
  }

  const rename = (from: string, to: string) => server.app.database.sql.schema.alterTable(from).renameTo(to).execute();

  it('says who announced a picture, and whose it became', async () => {
    const key = await sendNew();
    const announced = { userId: bob, movieId: null, contentType: 'image/png', bytes: 100 };
    const about = { actorId: String(bob), before: null };
    expect(await entriesOf('audit-announce')).toEqual([
      { ...about, action: 'imageUpload.create', subjectId: null, after: announced },
    ]);
    await confirm(key);
    expect(await entriesOf('audit-confirm')).toEqual([
      { ...about, action: 'user.setImage', subjectId: bob, after: { profileImage: 'changed' } },
    ]);
  });

  it('says which film has another poster', async () => {
    const key = await sendNew(', movieId: "1"');
    await confirm(key);
    expect(await entriesOf('audit-confirm')).toEqual([
      expect.objectContaining({ action: 'movie.setPoster', subjectId: 1, after: { poster: key } }),
    ]);
  });

  it('says that an announcement is gone whose image was another than announced', async () => {
    const key = await sendNew('', imageBytes('webp'));
    await confirm(key);
    expect((await state()).uploads).toEqual([]);
    expect(await entriesOf('audit-confirm')).toEqual([
      expect.objectContaining({ action: 'imageUpload.delete', before: expect.objectContaining({ userId: bob }) }),
    ]);
  });

  it('says that a changed account has another picture', async () => {
    await new UserRepository(server.app.database).update(bob, { profileImageKey: 'fotos_perfil/new.png' });
    const { sql } = server.app.database;
    const last = sql.selectFrom('audit_log').selectAll().orderBy('id', 'desc').limit(1);
    const { action, subject_id: subject, new_values: values } = await last.executeTakeFirstOrThrow();
    expect({ action, subject, ...JSON.parse(values ?? '{}') }).toMatchObject({
      action: 'user.update',
      subject: bob,
      profileImage: 'changed',
    });
  });

  it('and what it tells of are there together or not at all', async () => {
    const [own, poster] = [await sendNew(), await sendNew(', movieId: "1"')];
    const before = await state();
    await rename('audit_log', 'audit_log_away');
    expect(await announce('audit-away')).toBeUndefined();
    for (const key of [own, poster]) expect((await confirm(key)).errors).toHaveLength(1);
    const update = new UserRepository(server.app.database).update(bob, { profileImageKey: 'fotos_perfil/new.png' });
    await expect(update).rejects.toThrow(/audit_log/);
    await rename('audit_log_away', 'audit_log');
    expect(await state()).toEqual(before);
  });
});
