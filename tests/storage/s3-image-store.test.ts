import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readConfig } from '../../server/config.js';
import { TooLargeError, UnavailableError } from '../../server/domain/errors.js';
import type { ImageStore } from '../../server/storage/image-store.js';
import { openImageParts } from '../../server/storage/open-store.js';
import { imageBytes } from '../support/images.js';
import { type S3Server, startS3 } from '../support/s3-server.js';

const key = 'fotos_perfil/0123456789abcdef0123456789abcdef.png';

describe('images in a bucket that this server is sent', () => {
  let s3: S3Server;
  let store: ImageStore;
  beforeEach(async () => {
    s3 = await startS3();
    store = (await openImageParts(readConfig(s3.variables).storage)).imageStore;
  });
  afterEach(() => s3.close());

  const put = (content: AsyncIterable<Uint8Array>) => store.put(key, content, 'image/png');

  test('are stored as they are, to be kept by whoever reads them', async () => {
    await put(chunks(imageBytes('png', 200_000)));
    expect(s3.objects.get(key)?.body.equals(imageBytes('png', 200_000))).toBe(true);
    expect(s3.objects.get(key)?.headers['content-type']).toBe('image/png');
    expect(await store.find(key)).toMatchObject({ key, bytes: 200_000 });
    await store.delete(key);
    expect([await store.find(key), (await store.readHead(key, 12)).length]).toEqual([undefined, 0]);
  });

  test('are listed below their prefix', async () => {
    await put(chunks(imageBytes('png')));
    const found = [];
    for await (const object of store.list('fotos_perfil')) found.push(object.key);
    for await (const object of store.list('fotos_publicas')) found.push(object.key);
    expect(found).toEqual([key]);
  });

  test('that break off, or are too large, are not stored', async () => {
    await expect(put(chunks(imageBytes('png'), new TooLargeError(5)))).rejects.toThrow(TooLargeError);
    expect([...s3.objects.keys()]).toEqual([]);
  });

  test('are unavailable while the bucket is away', async () => {
    await s3.close();
    await expect(put(chunks(imageBytes('png')))).rejects.toThrow(UnavailableError);
    await expect(store.find(key)).rejects.toThrow(UnavailableError);
    expect([...s3.objects.keys()]).toEqual([]);
  });
});

async function* chunks(bytes: Uint8Array, end?: Error): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += 60_000) yield bytes.subarray(start, start + 60_000);
  if (end) throw end;
}
