import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import { Database } from '../../server/database/database.js';
import { migrate } from '../../server/database/schema.js';
import {
  ForbiddenError,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
  UnsupportedMediaError,
} from '../../server/domain/errors.js';
import { ImageRepository } from '../../server/domain/images/image.repository.js';
import { ImageService } from '../../server/domain/images/image.service.js';
import type { StoredImage } from '../../server/domain/images/image.types.js';
import { UserRepository } from '../../server/domain/users/user.repository.js';
import { anonymous, type Viewer } from '../../server/domain/viewer.js';
import { DiskImageStore } from '../../server/storage/disk-image-store.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';
import { filesOf, imageBytes } from '../support/images.js';

const baseUrl = 'https://images.example.org';

describeOnEveryEngine('images', (engine) => {
  let folder: string;
  let files: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    files = await engine.createDatabase();
    database = await Database.open(files.config);
    await migrate(database);
  });
  afterAll(async () => {
    await database.close();
    await files.drop();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'filmgraph-images-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const imagesOf = (viewer: Viewer, root = folder) =>
    new ImageService(viewer, {
      store: new DiskImageStore({ folder: root, baseUrl }),
      images: new ImageRepository(database),
      onLeftBehind: () => undefined,
    });
  const store = (bytes: Uint8Array, fileName?: string) =>
    imagesOf(anonymous).store('profile', { content: inChunks(bytes), fileName });
  const point = async ({ key }: StoredImage) =>
    (await new UserRepository(database).create({ name: 'Ada', profileImageKey: key })).id;

  test.each([
    ['jpeg', 'a.JPEG', /^fotos_perfil\/[0-9a-f]{32}\.jpeg$/],
    ['png', 'a.tar.PNG', /^fotos_perfil\/[0-9a-f]{32}\.png$/],
    ['webp', 'a', /^fotos_perfil\/[0-9a-f]{32}\.jpg$/],
    ['png', undefined, /^fotos_perfil\/[0-9a-f]{32}\.jpg$/],
    ['png', '../../a.p/ng', /^fotos_perfil\/[0-9a-f]{32}\.jpg$/],
  ] as const)('of kind %s called %s are stored as documented', async (kind, fileName, key) => {
    const stored = await store(imageBytes(kind), fileName);
    expect(stored).toEqual({ key: expect.stringMatching(key), contentType: `image/${kind}` });
    expect(await filesOf(folder)).toEqual([stored.key]);
  });

  test('may have 5 MiB and not a byte more; what is refused leaves nothing', async () => {
    await expect(store(imageBytes('png', 5 * 1024 * 1024 + 1))).rejects.toThrow(TooLargeError);
    expect(await filesOf(folder)).toEqual([]);
    await store(imageBytes('png', 5 * 1024 * 1024));
    expect(await filesOf(folder)).toHaveLength(1);
  });

  test.each([
    ['a script called like an image', Buffer.from('<script>alert(1)</script>')],
    ['a GIF', Buffer.from('GIF89a-and-so-on')],
    ['the beginning of a signature', imageBytes('png', 100).subarray(0, 7)],
    ['a sound in the same container', Buffer.from('RIFF\x10\x00\x00\x00WAVEfmt ')],
    ['nothing', Buffer.alloc(0)],
  ])('are not: %s', async (_what, bytes) => {
    await expect(store(bytes, 'a.png')).rejects.toThrow(UnsupportedMediaError);
    expect(await filesOf(folder)).toEqual([]);
  });

  test('that break off leave nothing', async () => {
    async function* broken() {
      yield imageBytes('png');
      throw new Error('gone');
    }
    await expect(imagesOf(anonymous).store('profile', { content: broken(), fileName: 'a.png' })).rejects.toThrow(
      'gone',
    );
    expect(await filesOf(folder)).toEqual([]);
  });

  test('that break off before a slow disk has opened their file leave nothing', async () => {
    const { open } = fs;
    const later = (...parameters: Parameters<typeof open>) => void setTimeout(() => open(...parameters), 100);
    jest.spyOn(fs, 'open').mockImplementation(later);
    const next = () => Promise.reject(new Error('gone'));
    const broken = { [Symbol.asyncIterator]: () => ({ next }) };
    const disk = new DiskImageStore({ folder, baseUrl });
    await expect(disk.put('fotos_perfil/a.png', broken)).rejects.toThrow('gone');
    await sleep(200);
    jest.restoreAllMocks();
    expect(await filesOf(folder)).toEqual([]);
  });

  test('are unavailable when their folder cannot be written to', async () => {
    const images = imagesOf(anonymous, '/dev/null/images');
    const stored = images.store('profile', { content: inChunks(imageBytes('png')), fileName: 'a.png' });
    await expect(stored).rejects.toThrow(UnavailableError);
  });

  test('of films are stored by admins alone', async () => {
    const poster = { content: inChunks(imageBytes('png')), fileName: 'a.png' };
    await expect(imagesOf(anonymous).store('poster', poster)).rejects.toThrow(UnauthenticatedError);
    const person = imagesOf({ kind: 'user', userId: 1, role: 'user' });
    await expect(person.store('poster', poster)).rejects.toThrow(ForbiddenError);
    const admin = imagesOf({ kind: 'user', userId: 1, role: 'admin' });
    expect((await admin.store('poster', poster)).key).toMatch(/^fotos_publicas\//);
  });

  test('go when the row that was to point at them is refused, and stay when it is written', async () => {
    const stored = await store(imageBytes('png'));
    const refused = imagesOf(anonymous).keeping(stored, () => Promise.reject(new Error('refused')));
    await expect(refused).rejects.toThrow('refused');
    expect(await filesOf(folder)).toEqual([]);
    const next = await store(imageBytes('png'));
    await imagesOf(anonymous).keeping(next, () => point(next));
    expect(await filesOf(folder)).toEqual([next.key]);
  });

  test('stay when their row was written although its writer was told otherwise', async () => {
    const stored = await store(imageBytes('png'));
    const work = async () => {
      await point(stored);
      throw new Error('the connection broke after the commit');
    };
    await expect(imagesOf(anonymous).keeping(stored, work)).rejects.toThrow('after the commit');
    expect(await filesOf(folder)).toEqual([stored.key]);
  });

  test('replace the one before, unless another row still points at that', async () => {
    const [first, second, third] = [
      await store(imageBytes('png')),
      await store(imageBytes('png')),
      await store(imageBytes('png')),
    ];
    const id = await point(first);
    const change = (image: StoredImage, replaced: string) =>
      imagesOf(anonymous).keeping(
        image,
        (profileImageKey) => new UserRepository(database).update(id, { profileImageKey }),
        replaced,
      );
    await change(second, first.key);
    expect(await filesOf(folder)).toEqual([second.key, third.key].sort());
    await point(second);
    await change(third, second.key);
    expect(await filesOf(folder)).toEqual([second.key, third.key].sort());
  });

  test('have the address of their key, and an address is left as it is', () => {
    const images = imagesOf(anonymous);
    expect(images.urlOf('fotos_publicas/avatar3.jpg')).toBe(`${baseUrl}/fotos_publicas/avatar3.jpg`);
    expect(images.urlOf('http://elsewhere.example.org/a.png')).toBe('http://elsewhere.example.org/a.png');
    expect(images.urlOf(null)).toBeNull();
  });
});

async function* inChunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 5_000) yield bytes.subarray(start, start + 5_000);
}
