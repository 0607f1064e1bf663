import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { VerifiedToken } from '../../server/identity/token-verifier.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { keys, sendGraphql, type TestRequest } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const robot = (...scopes: string[]): VerifiedToken => ({
  kind: 'service',
  issuer: 'test',
  clientId: 'robot',
  scopes: new Set(scopes),
});
const tokens: Readonly<Record<string, VerifiedToken>> = {
  keeper: robot('users:write', 'songs:write', 'libraries:write'),
  librarian: robot('libraries:write'),
};
const keeper = { headers: { authorization: 'Bearer keeper' } };
const librarian = { headers: { authorization: 'Bearer librarian' } };

describeOnEveryEngine('songs, libraries and people in GraphQL', (engine) => {
  let server: TestServer;
  let statements = 0;
  let admin: TestRequest;
  beforeAll(async () => {
    const tokenVerifier = { verify: (token: string) => Promise.resolve(tokens[token]) };
    server = await startServer(engine, { tokenVerifier, onStatement: () => statements++ });
    admin = { apiKey: (await createUser(server.app.database, { role: 'admin' })).apiKey };
  });
  afterAll(() => server.close());

  const ask = async (text: string, request: TestRequest = {}) => (await sendGraphql(server.url, text, request)).body;
  const codeOf = async (text: string, request: TestRequest = {}) => (await ask(text, request)).errors[0].extensions;

  it('lists songs in an order, page by page, to anyone', async () => {
    const page = (after: string) =>
      `{ songs(first: 4, orderBy: { field: ARTIST }${after}) { totalCount nodes { databaseId artist }
         pageInfo { hasNextPage endCursor } } }`;
    const first = (await ask(page(''))).data.songs;
    expect(first.nodes.map(({ artist }: { artist: string }) => artist)).toEqual([
      'Bob Dylan',
      'Eagles',
      'John Lennon',
      'Led Zeppelin',
    ]);
    expect(first).toMatchObject({ totalCount: 10, pageInfo: { hasNextPage: true } });
    const { nodes } = (await ask(page(`, after: "${first.pageInfo.endCursor}"`))).data.songs;
    expect(nodes[0]).toEqual({ databaseId: 6, artist: 'Michael Jackson' });
  });

  it('finds a song by either id, and by exactly one', async () => {
    const { song } = (await ask('{ song(databaseId: 1) { id title artist } }')).data;
    expect(song).toMatchObject({ title: 'Bohemian Rhapsody', artist: 'Queen' });
    expect((await ask(`{ song(id: "${song.id}") { databaseId } node(id: "${song.id}") { __typename } }`)).data).toEqual(
      {
        song: { databaseId: 1 },
        node: { __typename: 'Song' },
      },
    );
    expect((await ask('{ song(databaseId: 999) { id } }')).data.song).toBeNull();
    expect(await codeOf('{ song { id } }')).toEqual({ code: 'INVALID', field: 'song' });
  });

  it.each([
    ['an administrator', () => admin],
    ['a program that was granted it', () => keeper],
  ])('lets %s add songs and count them', async (_who, request) => {
    const before = (await ask('{ songs { totalCount } }')).data.songs.totalCount;
    const text = 'mutation { createSong(input: { title: " Ñandú ", artist: "A" }) { song { title artist } } }';
    expect((await ask(text, request())).data.createSong.song).toEqual({ title: 'Ñandú', artist: 'A' });
    expect((await ask('{ songs { totalCount } }')).data.songs.totalCount).toBe(before + 1);
  });

  it.each([
    ['title: "", artist: "A"', 'title'],
    [`title: "T", artist: "${'a'.repeat(201)}"`, 'artist'],
    ['title: "a\\u0000", artist: "A"', 'title'],
  ])('refuses a song with %.20s', async (fields, field) => {
    const text = `mutation { createSong(input: { ${fields} }) { song { id } } }`;
    expect(await codeOf(text, keeper)).toEqual({ code: 'INVALID', field });
  });

  it('adds a song to the own library once, shows it, and removes it once', async () => {
    const { apiKey } = await createUser(server.app.database);
    const run = async (field: string) => (await ask(`mutation { ${field} }`, { apiKey })).data;
    const add = 'addSongToLibrary(input: { songId: "4" }) { outcome entry { song { title } } }';
    const entry = { song: { title: 'Imagine' } };
    expect(await run(add)).toEqual({ addSongToLibrary: { outcome: 'ADDED', entry } });
    expect(await run(add)).toEqual({ addSongToLibrary: { outcome: 'ALREADY_PRESENT', entry } });
    await run('addSongToLibrary(input: { songId: "2" }) { outcome }');
    const text = '{ viewer { library(first: 1) { totalCount nodes { id song { databaseId } } } } }';
    const { library } = (await ask(text, { apiKey })).data.viewer;
    expect(library).toMatchObject({ totalCount: 2, nodes: [{ song: { databaseId: 4 } }] });
    const node = `{ node(id: "${library.nodes[0].id}") { __typename } }`;
    expect((await ask(node, { apiKey })).data.node).toEqual({ __typename: 'LibraryEntry' });
    expect((await ask(node, { apiKey: keys.john })).data.node).toBeNull();
    const remove = 'removeSongFromLibrary(input: { songId: "4" }) { outcome }';
    expect(await run(remove)).toEqual({ removeSongFromLibrary: { outcome: 'REMOVED' } });
    expect(await run(remove)).toEqual({ removeSongFromLibrary: { outcome: 'ABSENT' } });
  });

  it('opens every library to administrators and programs that were granted them, and to no other person', async () => {
    const add = 'mutation { addSongToLibrary(input: { userId: "2", songId: "1" }) { outcome } }';
    expect((await ask(add, librarian)).data.addSongToLibrary.outcome).toBe('ADDED');
    expect(await codeOf(add, { apiKey: keys.john })).toEqual({ code: 'FORBIDDEN' });
    expect((await ask(add, admin)).data.addSongToLibrary.outcome).toBe('ALREADY_PRESENT');
    expect(await codeOf(add)).toEqual({ code: 'UNAUTHENTICATED' });
    const remove = add.replace('add', 'remove').replace('SongTo', 'SongFrom');
    expect((await ask(remove, librarian)).data.removeSongFromLibrary.outcome).toBe('REMOVED');
  });

  it.each([
    ['userId: "9999", songId: "9999"', { code: 'NOT_FOUND', resource: 'user' }],
    ['userId: "1", songId: "9999"', { code: 'NOT_FOUND', resource: 'song' }],
    ['userId: "1", songId: "4294967296"', { code: 'NOT_FOUND', resource: 'song' }],
    ['songId: "1"', { code: 'FORBIDDEN' }],
    ['userId: "1", songId: "x"', { code: 'INVALID', field: 'songId' }],
  ])('refuses to add %s for a program', async (input, extensions) => {
    expect(await codeOf(`mutation { addSongToLibrary(input: { ${input} }) { outcome } }`, librarian)).toEqual(
      extensions,
    );
  });

  it('puts people in, lists them, and disables them everywhere', async () => {
    const create =
      'mutation { createUser(input: { name: "Ada", email: "Ada@Example.org" }) { user { id email active } } }';
    const { user } = (await ask(create, admin)).data.createUser;
    expect(user).toMatchObject({ email: 'Ada@Example.org', active: true });
    expect(await codeOf(create.replace('Ada@', 'ada@'), keeper)).toEqual({ code: 'CONFLICT', reason: 'emailTaken' });
    const list = '{ users(first: 100, hasEmail: true) { totalCount nodes { name email } } }';
    const { users } = (await ask(list, keeper)).data;
    expect(users.nodes.map(({ name }: { name: string }) => name)).toEqual([
      'John Doe',
      'Jane Smith',
      'Bob Wilson',
      'Ada',
    ]);
    expect(users.totalCount).toBe(4);
    const person = await createUser(server.app.database);
    const disable = `mutation { setUserActive(input: { userId: "${person.id}", active: false }) { user { active } } }`;
    expect((await ask(disable, keeper)).data.setUserActive.user).toEqual({ active: false });
    expect(await codeOf('{ viewer { id } }', { apiKey: person.apiKey })).toEqual({ code: 'ACCOUNT_DISABLED' });
  });

  it.each([
    ['createUser(input: { name: "", email: "x@example.org" }) { user { id } }', { code: 'INVALID', field: 'name' }],
    ['createUser(input: { name: "X", email: "x" }) { user { id } }', { code: 'INVALID', field: 'email' }],
    ['setUserActive(input: { userId: "9999", active: true }) { user { id } }', { code: 'NOT_FOUND', resource: 'user' }],
  ])('refuses %s', async (field, extensions) => {
    expect(await codeOf(`mutation { ${field} }`, keeper)).toEqual(extensions);
  });

  it('reads the libraries of a page of people in the same few statements, however long it is', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => createUser(server.app.database)));
    for (const { apiKey } of people) {
      for (const song of [1, 2, 3])
        await ask(`mutation { addSongToLibrary(input: { songId: "${song}" }) { outcome } }`, { apiKey });
    }
    const counts: number[] = [];
    for (const first of [5, 10, 16]) {
      statements = 0;
      await ask(`{ users(first: ${first}) { nodes { library(first: 2) { nodes { song { title } } } } } }`, keeper);
      counts.push(statements);
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(3);
  });
});
