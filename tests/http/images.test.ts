import { utimes } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ImageRepository } from '../../server/domain/images/image.repository.js';
import { sweepImages } from '../../server/domain/images/image-sweep.js';
import { ImageUploadRepository } from '../../server/domain/images/image-upload.repository.js';
import { DiskImageStore } from '../../server/storage/disk-image-store.js';
import { checkContract } from '../support/contract-check.js';
import { describeOnEveryEngine, sqlite } from '../support/engines.js';
import { eventually } from '../support/faults.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { filesOf, imageBytes } from '../support/images.js';
import { type S3Server, startS3 } from '../support/s3-server.js';
import { startServer, type TestServer } from '../support/server.js';

const maxBytes = 5 * 1024 * 1024;
const base = 'http://images.example.org';

interface Upload {
  readonly key: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

async function announce(server: TestServer, input = 'contentType: PNG, byteSize: 100', apiKey: string = keys.john) {
  const text = `mutation { createImageUpload(input: { ${input} }) { key url method headers { name value } expiresAt } }`;
  const { body } = await sendGraphql(server.url, text, { apiKey });
  return { upload: body.data?.createImageUpload as Upload, code: body.errors?.[0].extensions.code };
}

async function put(url: string, { headers }: Upload, bytes: Uint8Array<ArrayBuffer>) {
  const sent = Object.fromEntries(headers.map(({ name, value }) => [name, value]));
  const response = await fetch(url, { method: 'PUT', headers: sent, body: bytes });
  const header = (name: string) => response.headers.get(name) ?? undefined;
  checkContract({ method: 'PUT', url, status: response.status, text: await response.text(), header });
  return response.status;
}

async function confirm(server: TestServer, key: string, apiKey: string = keys.john) {
  const fields = 'imageUrl user { profileImageUrl } movie { databaseId posterUrl }';
  const text = `mutation ($key: String!) { confirmImageUpload(input: { key: $key }) { ${fields} } }`;
  const { body } = await sendGraphql(server.url, text, { apiKey, variables: { key } });
  return { payload: body.data?.confirmImageUpload, code: body.errors?.[0].extensions.code };
}

async function rowsOf({ app }: TestServer) {
  return app.database.sql.selectFrom('image_uploads').select('object_key').execute();
}

describeOnEveryEngine('images in a folder', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { variables: { PUBLIC_URL: base } });
  });
  afterAll(() => server.close());

  const here = (url: string) => url.replace(base, server.url);
  const clear = () => server.app.database.sql.deleteFrom('image_uploads').execute();
  const sendNew = async (bytes = imageBytes('png')) => {
    const { upload } = await announce(server);
    expect(await put(here(upload.url), upload, bytes)).toBe(204);
    return upload.key;
  };

  test('are announced, sent and confirmed; the one before goes', async () => {
    const first = await sendNew();
    const { payload } = await confirm(server, first);
    expect(payload).toEqual({
      imageUrl: `${base}/images/${first}`,
      user: { profileImageUrl: `${base}/images/${first}` },
      movie: null,
    });
    const second = await sendNew();
    await confirm(server, second);
    expect(await filesOf(server.imagesFolder)).toEqual([second]);
    expect(await rowsOf(server)).toEqual([]);
    expect((await confirm(server, second)).code).toBe('NOT_FOUND');
  });

  test('are served to be kept, as what they are and nothing else', async () => {
    const key = await sendNew(imageBytes('png', 5000));
    expect((await send(`${server.url}/images/${key}`)).status).toBe(200);
    const response = await fetch(`${server.url}/images/${key}`);
    expect(Buffer.from(await response.arrayBuffer()).equals(imageBytes('png', 5000))).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
    });
    const etag = response.headers.get('etag') ?? '';
    expect(
      (await fetch(`${server.url}/images/${key}`, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } }))
        .status,
    ).toBe(304);
    await clear();
  });

  test.each(['fotos_perfil/none.png', '.incoming/x', 'fotos_perfil/..%2f..%2fetc%2fpasswd', '..%2f..%2fetc/passwd'])(
    'are nothing else: %s',
    async (path) => expect((await send(`${server.url}/images/${path}`)).status).toBe(404),
  );

  test.each([
    ['more than 5 MiB', imageBytes('png', maxBytes + 1), 413],
    ['a script', Buffer.from('<script>alert(1)</script>'), 415],
  ])('are refused when they are %s', async (_what, bytes, status) => {
    const before = await filesOf(server.imagesFolder);
    const { upload } = await announce(server);
    expect(await put(here(upload.url), upload, bytes)).toBe(status);
    expect((await confirm(server, upload.key)).code).toBe('NOT_FOUND');
    expect(await filesOf(server.imagesFolder)).toEqual(before);
    await clear();
  });

  test('of another kind than announced are deleted when they are confirmed', async () => {
    const before = await filesOf(server.imagesFolder);
    const key = await sendNew(imageBytes('webp'));
    expect((await confirm(server, key)).code).toBe('UNSUPPORTED_MEDIA');
    expect(await filesOf(server.imagesFolder)).toEqual(before);
    expect(await rowsOf(server)).toEqual([]);
  });

  test('whose sender is gone leave nothing', async () => {
    const before = await filesOf(server.imagesFolder);
    const { upload } = await announce(server);
    const { pathname, port } = new URL(here(upload.url));
    const request = `PUT ${pathname} HTTP/1.1\r\nhost: x\r\ncontent-type: image/png\r\ncontent-length: 4000000\r\n\r\n`;
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(request);
      socket.write(imageBytes('png', 1_000_000));
    });
    const during = () => filesOf(server.imagesFolder);
    await eventually(during, (files) => files.length > before.length);
    socket.destroy();
    expect(await eventually(during, (files) => files.length <= before.length)).toEqual(before);
    expect((await confirm(server, upload.key)).code).toBe('NOT_FOUND');
    await clear();
  });

  test('are refused when they are announced wrong, or too often', async () => {
    expect((await announce(server, 'contentType: PNG, byteSize: 0')).code).toBe('INVALID');
    expect((await announce(server, `contentType: PNG, byteSize: ${maxBytes + 1}`)).code).toBe('TOO_LARGE');
    expect((await announce(server, 'contentType: PNG, byteSize: 1, movieId: "1"')).code).toBe('FORBIDDEN');
    expect((await send(`${server.url}/images/uploads/guessed`, { method: 'PUT', body: 'x' })).status).toBe(404);
    for (let open = 0; open < 10; open++) expect((await announce(server)).code).toBeUndefined();
    expect((await announce(server)).code).toBe('RATE_LIMITED');
    await clear();
  });

  test('are ten at most that someone has open, however many they announce at once', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => announce(server)));
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20);
    expect(await rowsOf(server)).toHaveLength(10);
    await clear();
  });

  test('that have expired are open no more, whether or not they are cleared away', async () => {
    const { sql } = server.app.database;
    // Each announcement clears away three at most, the longest expired first: these are not John's.
    for (let open = 0; open < 4; open++) await announce(server, undefined, keys.jane);
    for (let open = 0; open < 10; open++) await announce(server);
    await sql.updateTable('image_uploads').set({ expires_at: 2 }).where('user_id', '=', 1).execute();
    await sql.updateTable('image_uploads').set({ expires_at: 1 }).where('user_id', '!=', 1).execute();
    expect((await announce(server)).code).toBeUndefined();
    await clear();
  });

  test("are nobody's but the sender's to confirm", async () => {
    const key = await sendNew();
    expect((await confirm(server, key, keys.jane)).code).toBe('NOT_FOUND');
    await clear();
  });

  test('of films are sent by administrators', async () => {
    const { database } = server.app;
    await database.sql.updateTable('users').set({ role: 'admin' }).where('username', '=', 'bob_wilson').execute();
    expect((await announce(server, 'contentType: JPEG, byteSize: 100, movieId: "99999"', keys.bob)).code).toBe(
      'NOT_FOUND',
    );
    const { upload } = await announce(server, 'contentType: JPEG, byteSize: 100, movieId: "1"', keys.bob);
    expect(upload.key).toMatch(/^fotos_publicas\/[0-9a-f]{32}\.jpg$/);
    expect(await put(here(upload.url), upload, imageBytes('jpeg'))).toBe(204);
    const { payload } = await confirm(server, upload.key, keys.bob);
    expect(payload).toMatchObject({ user: null, movie: { databaseId: 1, posterUrl: `${base}/images/${upload.key}` } });
  });

  test('that nobody confirmed, or that nothing points at any more, are swept', async () => {
    const { database } = server.app;
    const store = new DiskImageStore({ folder: server.imagesFolder, baseUrl: base });
    const parts = { store, images: new ImageRepository(database), uploads: new ImageUploadRepository(database) };
    await sweepImages(parts, Date.now() + 1000);
    const kept = await filesOf(server.imagesFolder);
    const [expired, orphan] = [await sendNew(), await sendNew()];
    await database.sql.updateTable('image_uploads').set({ expires_at: 1 }).where('object_key', '=', expired).execute();
    await database.sql.deleteFrom('image_uploads').where('object_key', '=', orphan).execute();
    await utimes(join(server.imagesFolder, orphan), 1, 1);
    expect(await sweepImages(parts, 2000)).toEqual({ expired: 1, unreferenced: 1, broken: 0 });
    expect(await filesOf(server.imagesFolder)).toEqual(kept);
  });
});

describe('images in a bucket', () => {
  let s3: S3Server;
  let server: TestServer;
  beforeAll(async () => {
    s3 = await startS3();
    server = await startServer(sqlite, { variables: s3.variables });
  });
  afterAll(async () => {
    await server.close();
    await s3.close();
  });

  test('are sent there by their sender, once, and as announced', async () => {
    const { upload } = await announce(server);
    expect(new URL(upload.url).origin).toBe(s3.url);
    expect(await put(upload.url, upload, imageBytes('png', 101))).toBe(403);
    const otherType = {
      ...upload,
      headers: upload.headers.map((header) => ({ ...header, value: header.value.replace('png', 'gif') })),
    };
    expect(await put(upload.url, otherType, imageBytes('png'))).toBe(403);
    expect(await put(upload.url, upload, imageBytes('png'))).toBe(200);
    expect(await put(upload.url, upload, imageBytes('png'))).toBe(412);
    const { payload } = await confirm(server, upload.key);
    expect(payload.imageUrl).toBe(`https://test-images.s3.us-east-1.amazonaws.com/${upload.key}`);
    expect([...s3.objects.keys()]).toEqual([upload.key]);
    expect(s3.objects.get(upload.key)?.headers).toEqual({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
    });
  });

  test.each(['content-type', 'cache-control', 'if-none-match'])(
    'are not taken from a sender who leaves out what was signed: %s',
    async (name) => {
      const before = [...s3.objects.keys()];
      const { upload } = await announce(server);
      const others = upload.headers.filter((header) => header.name !== name);
      expect(others).toHaveLength(upload.headers.length - 1);
      expect(await put(upload.url, { ...upload, headers: others }, imageBytes('png'))).toBe(403);
      expect([...s3.objects.keys()]).toEqual(before);
      await server.app.database.sql.deleteFrom('image_uploads').execute();
    },
  );

  test('that are no images are deleted when they are confirmed', async () => {
    const before = [...s3.objects.keys()];
    const { upload } = await announce(server);
    expect(await put(upload.url, upload, Buffer.alloc(100))).toBe(200);
    expect((await confirm(server, upload.key)).code).toBe('UNSUPPORTED_MEDIA');
    expect([...s3.objects.keys()]).toEqual(before);
    expect(await rowsOf(server)).toEqual([]);
  });

  test('cannot be confirmed while it is away, and can be afterwards', async () => {
    const { upload } = await announce(server);
    await put(upload.url, upload, imageBytes('png'));
    await s3.close();
    expect((await confirm(server, upload.key)).code).toBe('UNAVAILABLE');
    expect(await rowsOf(server)).toEqual([{ object_key: upload.key }]);
  });
});
