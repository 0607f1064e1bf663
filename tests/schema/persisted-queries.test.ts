import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { startServerProcess } from '../support/process.js';
import { startServer, type TestServer } from '../support/server.js';

const preflight = { 'apollo-require-preflight': '1' };
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
const named = (sha256Hash: string) => ({ persistedQuery: { version: 1, sha256Hash } });
const searchOf = (parameters: Record<string, unknown>) => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters))
    search.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  return search.toString();
};

describeOnEveryEngine('GraphQL by GET', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { variables: { GRAPHQL_MAX_AGE: '30' } });
  });
  afterAll(() => server.close());
  const get = (parameters: Record<string, unknown>, headers: Record<string, string> = {}) =>
    send(`${server.url}/graphql?${searchOf(parameters)}`, { headers: { ...preflight, ...headers } });
  const film = '{ movie(databaseId: 20) { title ratingCount } }';

  it('says that a public answer may be kept, and whether a kept one still holds', async () => {
    const { status, headers } = await get({ query: film });
    expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=30, must-revalidate']);
    expect(headers.get('vary')?.toLowerCase()).toMatch(/accept, x-api-key, authorization, cookie/);
    const etag = headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const again = await get({ query: film }, { 'if-none-match': etag });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    await sendGraphql(server.url, 'mutation { rateMovie(input: { movieId: "20", score: 2 }) { created } }', {
      apiKey: keys.john,
    });
    const changed = await get({ query: film }, { 'if-none-match': etag });
    expect([changed.status, changed.body.data.movie.ratingCount]).toEqual([200, 1]);
  });

  it.each([
    ['with a key', film, { 'x-api-key': keys.john }],
    ['with a cookie', film, { cookie: 'a=b' }],
    ['with a credential that is nobody’s', film, { authorization: 'Bearer nobody' }],
    ['of the viewer', '{ viewer { name } }', {}],
    ['of the viewer under another name', '{ movie(databaseId: 1) { title mine: viewer { rating { score } } } }', {}],
    [
      'in a fragment of the viewer',
      '{ movie(databaseId: 1) { ...f } } fragment f on Movie { viewer { rating { score } } }',
      {},
    ],
    ['with an error', '{ movie(databaseId: 999999) { title } genres nothing }', {}],
    ['that cannot be read', '{', {}],
    ['of a mutation', 'mutation { logout { outcome } }', {}],
    ['without a document', '', {}],
  ])('lets nobody keep the answer to a request %s', async (_what, query, headers) => {
    const response = await get({ query }, headers);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  it('lets nobody keep the answer to a POST', async () => {
    expect((await sendGraphql(server.url, film)).headers.get('cache-control')).toBe('private, no-store');
  });

  it('knows a document by its hash once it was sent with it', async () => {
    const query = '{ movie(databaseId: 3) { title } }';
    const extensions = named(hashOf(query));
    const unknown = await get({ extensions });
    expect(unknown.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(unknown.headers.get('cache-control')).toBe('private, no-store');
    const registered = await get({ query, extensions });
    const known = await get({ extensions });
    expect(known.body).toEqual(registered.body);
    expect(known.headers.get('etag')).toBe(registered.headers.get('etag'));
  });

  it('keeps no document under a hash that is not its own', async () => {
    const extensions = named(hashOf('another'));
    expect((await get({ query: '{ genres }', extensions })).body.errors[0].message).toMatch(/does not match/);
    expect((await get({ extensions })).body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
  });

  it('runs no mutation by its hash, and nothing that a page could send without asking', async () => {
    const query = 'mutation { rateMovie(input: { movieId: "21", score: 1 }) { created } }';
    const extensions = named(hashOf(query));
    await send(`${server.url}/graphql`, { body: { query, extensions }, apiKey: keys.john });
    expect((await get({ extensions }, { 'x-api-key': keys.john })).status).toBe(405);
    expect((await send(`${server.url}/graphql?${searchOf({ query: '{ genres }' })}`)).status).toBe(400);
  });
});

describeOnEveryEngine('a server with a manifest', (engine) => {
  const read = 'query Film { movie(databaseId: 20) { title } }';
  const rate = 'mutation Rate { rateMovie(input: { movieId: "20", score: 4 }) { created } }';
  const deep = `{ movie(databaseId: 1) ${'{ ratings { nodes { movie '.repeat(6)} { title } ${'} } }'.repeat(6)} }`;
  const operations = [
    { id: hashOf(read), name: 'Film', type: 'query', body: read },
    { id: 'rate-1', name: 'Rate', type: 'mutation', body: rate },
    { id: 'deep', name: 'Deep', type: 'query', body: deep },
  ];
  let folder: string;
  let server: TestServer;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'filmgraph-manifest-'));
    const path = join(folder, 'manifest.json');
    writeFileSync(path, JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }));
    server = await startServer(engine, { variables: { GRAPHQL_MANIFEST: path } });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });
  const post = (body: unknown) => send(`${server.url}/graphql`, { method: 'POST', body, apiKey: keys.john });
  const get = (parameters: Record<string, unknown>) =>
    send(`${server.url}/graphql?${searchOf(parameters)}`, { headers: preflight });

  it.each([
    ['its hash', { extensions: named(hashOf(read)) }],
    ['its documentId', { documentId: hashOf(read) }],
    ['its text', { query: read }],
    ['its text and hash', { query: read, extensions: named(hashOf(read)) }],
  ])('runs a registered document by %s', async (_what, request) => {
    const expected = { data: { movie: { title: expect.any(String) } } };
    expect((await post(request)).body).toEqual(expected);
    const { body, headers } = await get(request);
    expect(body).toEqual(expected);
    expect(headers.get('cache-control')).toBe('public, max-age=0, must-revalidate');
  });

  it('runs a registered mutation by an id that is no hash', async () => {
    expect((await post({ documentId: 'rate-1' })).body).toEqual({ data: { rateMovie: { created: true } } });
    expect((await get({ documentId: 'rate-1' })).status).toBe(405);
  });

  it('holds registered documents to the limits of all', async () => {
    expect((await post({ documentId: 'deep' })).body.errors[0].extensions.code).toBe('QUERY_TOO_COMPLEX');
  });

  const other = 'mutation { rateMovie(input: { movieId: "22", score: 4 }) { created } }';
  it.each([
    ['another text', { query: other }],
    ['another text with a registered id', { query: other, documentId: 'rate-1' }],
    ['two ids of two documents', { documentId: 'rate-1', extensions: named(hashOf(read)) }],
    ['an unknown id', { documentId: 'toString' }],
    ['an unknown hash', { extensions: named(hashOf(other)) }],
    ['another text that registers itself', { query: other, extensions: named(hashOf(other)) }],
    ['a hash that is no text', { extensions: { persistedQuery: { version: 1, sha256Hash: ['rate-1'] } } }],
    ['introspection', { query: '{ __schema { queryType { name } } }' }],
    ['the name of a type', { query: '{ __typename }' }],
    ['nothing', {}],
  ])('refuses %s, and runs nothing', async (_what, request) => {
    for (const response of [await post(request), await get(request)]) {
      expect(response.status).toBe(400);
      expect(response.body.errors[0].extensions.code).toBe('PERSISTED_QUERY_NOT_IN_LIST');
      expect(response.headers.get('cache-control')).toBe('private, no-store');
    }
    expect((await post([request])).status).toBe(400);
    const rated = server.app.database.sql.selectFrom('ratings').select('id').where('movie_id', '=', 22);
    expect(await rated.execute()).toEqual([]);
  });
});

describe('a manifest that is none', () => {
  const operation = { id: 'a', name: 'a', type: 'query', body: '{ genres }' };
  const form = { format: 'apollo-persisted-query-manifest', version: 1 };
  it.each([
    ['is no JSON', '{', 'a JSON file of the format'],
    ['is of another version', JSON.stringify({ ...form, version: 2, operations: [] }), 'a JSON file of the format'],
    [
      'has a document that is none',
      JSON.stringify({ ...form, operations: [{ ...operation, body: '{' }] }),
      'operations[0]',
    ],
    ['has an id twice', JSON.stringify({ ...form, operations: [operation, operation] }), 'operations[1]'],
  ])('ends the start with one line when it %s', async (_what, text, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'filmgraph-manifest-'));
    const path = join(folder, 'manifest.json');
    writeFileSync(path, text);
    const environment = {
      NODE_ENV: 'test',
      DATABASE_URL: 'sqlite::memory:',
      LOG_LEVEL: 'silent',
      GRAPHQL_MANIFEST: path,
    };
    const starting = startServerProcess(environment);
    await expect(starting).rejects.toThrow(/ended at once: GRAPHQL_MANIFEST: expected [^\n]+\n$/);
    await expect(starting).rejects.toThrow(expected);
    rmSync(folder, { recursive: true });
  });

  it('ends the start with one line when it is not there', async () => {
    const environment = { NODE_ENV: 'test', DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'silent' };
    await expect(startServerProcess({ ...environment, GRAPHQL_MANIFEST: '/nowhere/manifest.json' })).rejects.toThrow(
      'GRAPHQL_MANIFEST: expected a file that can be read\n',
    );
  });
});
