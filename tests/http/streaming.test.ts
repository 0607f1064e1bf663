import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkContract } from '../support/contract-check.js';
import { sqlite } from '../support/engines.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { type S3Server, startS3 } from '../support/s3-server.js';
import { startServer, type TestServer } from '../support/server.js';

const film = Buffer.from(Array.from({ length: 10_000 }, (_, index) => index % 251));
const path = '/media/movies/1';

async function setContent(server: TestServer, id: number, change: { content_url?: string | null; status?: string }) {
  await server.app.database.sql.updateTable('movies').set(change).where('id', '=', id).execute();
}

describe('a film in a folder', () => {
  let server: TestServer;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'filmgraph-media-'));
    await mkdir(join(folder, 'media/peliculas'), { recursive: true });
    await writeFile(join(folder, 'media/peliculas/uno.mp4'), film);
    await writeFile(join(folder, 'secret.txt'), 'secret');
    server = await startServer(sqlite, { variables: { MEDIA_FOLDER: join(folder, 'media') } });
    await setContent(server, 1, { content_url: 'peliculas/uno.mp4' });
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const get = async (headers: Record<string, string> = {}, method = 'GET') => {
    const response = await fetch(server.url + path, {
      method,
      headers: { 'x-api-key': keys.john, 'cache-control': 'max-age=0', ...headers },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const header = (name: string) => response.headers.get(name) ?? undefined;
    checkContract({ method, url: response.url, status: response.status, text: bytes.toString('latin1'), header });
    return { status: response.status, headers: response.headers, bytes };
  };
  const etag = async () => (await get({}, 'HEAD')).headers.get('etag') ?? '';

  test('is sent whole, with what a player needs to jump about in it', async () => {
    const { status, headers, bytes } = await get();
    expect({ status, equal: bytes.equals(film) }).toEqual({ status: 200, equal: true });
    expect(headers.get('accept-ranges')).toBe('bytes');
    expect(headers.get('content-type')).toBe('video/mp4');
    expect(headers.get('content-length')).toBe('10000');
    expect(headers.get('etag')).toMatch(/^"[0-9a-f]+-[0-9a-f]+"$/);
    expect(Date.parse(headers.get('last-modified') ?? '')).not.toBeNaN();
    expect(headers.get('cache-control')).toContain('private');
  });

  test('has a head and no body for HEAD', async () => {
    const { status, headers, bytes } = await get({}, 'HEAD');
    expect([status, headers.get('content-length'), bytes.length]).toEqual([200, '10000', 0]);
  });

  test.each([
    ['bytes=0-0', 0, 1],
    ['bytes=100-299', 100, 300],
    ['bytes=9999-', 9999, 10_000],
    ['bytes=-500', 9500, 10_000],
    ['bytes=9000-99999', 9000, 10_000],
    ['bytes=-99999', 0, 10_000],
  ])('is sent in part: %s', async (range, start, end) => {
    const { status, headers, bytes } = await get({ range });
    expect(status).toBe(206);
    expect(headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/10000`);
    expect(bytes.equals(film.subarray(start, end))).toBe(true);
  });

  test.each(['bytes=10000-', 'bytes=20000-30000'])('has no such bytes: %s', async (range) => {
    const { status, headers, bytes } = await get({ range });
    expect([status, headers.get('content-range')]).toEqual([416, 'bytes */10000']);
    expect(JSON.parse(bytes.toString())).toMatchObject({ error: 'RANGE_NOT_SATISFIABLE' });
  });

  test.each(['bytes=0-1,5-6', 'lines=1-2', 'bytes=x'])(
    'is sent whole for a range that is not served: %s',
    async (range) => {
      const { status, bytes } = await get({ range });
      expect([status, bytes.length]).toEqual([200, 10_000]);
    },
  );

  test('is sent in part only if it is still the one that the client knows', async () => {
    const range = 'bytes=0-9';
    expect((await get({ range, 'if-range': await etag() })).status).toBe(206);
    expect((await get({ range, 'if-range': '"another"' })).status).toBe(200);
    expect((await get({ range, 'if-range': new Date(0).toUTCString() })).status).toBe(200);
  });

  test('is not sent to a client that has it', async () => {
    const { status, bytes } = await get({ 'if-none-match': await etag() });
    expect([status, bytes.length]).toEqual([304, 0]);
    expect((await get({ 'if-none-match': '"another"' })).status).toBe(200);
    expect((await get({ 'if-match': '"another"' })).status).toBe(412);
  });

  test('is for those who are logged in, however they show it', async () => {
    expect((await send(server.url + path)).body).toEqual({ error: 'UNAUTHENTICATED', message: expect.any(String) });
    expect((await send(server.url + path)).status).toBe(401);
    expect((await send(server.url + path, { apiKey: 'nobody' })).status).toBe(401);
    const login =
      'mutation { register(input: { name: "S", email: "s@example.org", password: "long enough" }) { token } }';
    const { headers, body } = await sendGraphql(server.url, login);
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const { token } = body.data.register;
    expect((await send(server.url + path, { headers: { cookie } })).status).toBe(200);
    expect((await send(server.url + path, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });

  test('must exist, be available and have content', async () => {
    const ask = async (id: string) => (await send(`${server.url}/media/movies/${id}`, { apiKey: keys.john })).status;
    await setContent(server, 2, { status: 'coming_soon', content_url: 'peliculas/uno.mp4' });
    await setContent(server, 3, { content_url: null });
    await setContent(server, 4, { content_url: 'peliculas/none.mp4' });
    expect(await Promise.all(['2', '3', '4', '99999', '0', 'x', '1e0', '-1'].map(ask))).toEqual([
      409, 404, 404, 404, 404, 404, 404, 404,
    ]);
  });

  test('elsewhere is pointed at', async () => {
    await setContent(server, 5, { content_url: 'https://films.example.org/five' });
    const { status, headers } = await send(`${server.url}/media/movies/5`, { apiKey: keys.john });
    expect([status, headers.get('location')]).toEqual([302, 'https://films.example.org/five']);
  });

  test.each([
    '../secret.txt',
    'peliculas/../../secret.txt',
    '/etc/passwd',
    'peliculas/.hidden',
    'peliculas',
    'file:///etc/passwd',
  ])('is never a file outside: %s', async (contentUrl) => {
    await setContent(server, 6, { content_url: contentUrl });
    expect((await send(`${server.url}/media/movies/6`, { apiKey: keys.john })).status).toBe(404);
  });
});

describe('a film in a bucket', () => {
  let s3: S3Server;
  let server: TestServer;
  beforeAll(async () => {
    s3 = await startS3();
    s3.objects.set('peliculas/uno.mp4', {
      body: film,
      headers: { 'content-type': 'video/mp4' },
      modifiedAt: Date.now(),
    });
    server = await startServer(sqlite, { variables: s3.variables });
    await setContent(server, 1, { content_url: 'peliculas/uno.mp4' });
    await setContent(server, 2, { content_url: 'peliculas/none.mp4' });
  });
  afterAll(async () => {
    await server.close();
    await s3.close();
  });

  test('is behind a link that is good for a while', async () => {
    const { status, headers } = await send(server.url + path, { apiKey: keys.john });
    const link = headers.get('location') ?? '';
    expect([status, headers.get('cache-control')]).toEqual([302, 'no-store']);
    expect(new URL(link).searchParams.get('X-Amz-Expires')).toBe('21600');
    const part = await fetch(link, { headers: { range: 'bytes=100-199' } });
    expect([part.status, Buffer.from(await part.arrayBuffer()).equals(film.subarray(100, 200))]).toEqual([206, true]);
    expect((await fetch(link.replace('uno', 'dos'))).status).toBe(403);
    expect((await send(server.url + path)).status).toBe(401);
  });

  test('that is not there is not found, and one that cannot be asked for may come later', async () => {
    expect((await send(`${server.url}/media/movies/2`, { apiKey: keys.john })).status).toBe(404);
    await s3.close();
    const { status, headers, body } = await send(server.url + path, { apiKey: keys.john });
    expect([status, headers.get('retry-after'), body.error]).toEqual([503, '5', 'UNAVAILABLE']);
  });
});
