import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createMovie, createUser } from '../support/factories.js';
import { keys, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

/** Someone who keeps playlists. */
interface Person {
  readonly apiKey: string;
}

describeOnEveryEngine('playlists in GraphQL', (engine) => {
  let server: TestServer;
  let statements = 0;
  beforeAll(async () => {
    server = await startServer(engine, { onStatement: () => statements++ });
  });
  afterAll(() => server.close());

  const send = async ({ apiKey }: Person, text: string) => (await sendGraphql(server.url, text, { apiKey })).body;
  const run = async (person: Person, field: string) => (await send(person, `mutation { ${field} }`)).data;
  const refusal = async (person: Person, field: string) =>
    (await send(person, `mutation { ${field} }`)).errors[0].extensions;
  const create = async (person: Person, name: string): Promise<string> =>
    (await run(person, `createPlaylist(input: { name: "${name}" }) { playlist { id } }`)).createPlaylist.playlist.id;
  const add = (person: Person, movieId: number, playlistId = '') =>
    run(
      person,
      `addToPlaylist(input: { movieId: "${movieId}" ${playlistId && `playlistId: "${playlistId}"`} }) {
      outcome entry { movie { title } playlist { name isDefault } } }`,
    );
  const titles = async (person: Person, id: string, args = '') =>
    (
      await send(person, `{ playlist(id: "${id}") { entries${args} { nodes { movie { title } } } } }`)
    ).data.playlist?.entries.nodes.map(({ movie }: { movie: { title: string } }) => movie.title);
  const names = async (person: Person) =>
    (await send(person, '{ viewer { playlists { totalCount nodes { name isDefault entries { totalCount } } } } }')).data
      .viewer.playlists;

  /** Stores playlists of four films each. */
  const fill = async (userId: number, lists: number): Promise<void> => {
    const { sql } = server.app.database;
    const now = Date.now();
    const rows = Array.from({ length: lists }, (_, list) => ({
      user_id: userId,
      name: `List ${list}`,
      created_at: now,
    }));
    await sql.insertInto('playlists').values(rows).execute();
    const ids = await sql.selectFrom('playlists').select('id').where('user_id', '=', userId).execute();
    const entries = ids.flatMap(({ id: playlist_id }) =>
      [1, 2, 3, 4].map((movie_id) => ({ playlist_id, movie_id, position: movie_id, added_at: now })),
    );
    await sql.insertInto('playlist_entries').values(entries).execute();
  };

  it('gives everyone a default list, whether they read or add first', async () => {
    const [reader, adder] = [await createUser(server.app.database), await createUser(server.app.database)];
    expect(await names(reader)).toEqual({
      totalCount: 1,
      nodes: [{ name: 'My list', isDefault: true, entries: { totalCount: 0 } }],
    });
    expect(await add(adder, 7)).toEqual({
      addToPlaylist: {
        outcome: 'ADDED',
        entry: { movie: { title: 'Fight Club' }, playlist: { name: 'My list', isDefault: true } },
      },
    });
    expect((await names(adder)).nodes).toEqual([{ name: 'My list', isDefault: true, entries: { totalCount: 1 } }]);
  });

  it('reads the default list by itself, also of who made another one before', async () => {
    const person = await createUser(server.app.database);
    await create(person, 'First');
    const read = () => send(person, '{ viewer { defaultPlaylist { name isDefault entries { totalCount } } } }');
    const list = { name: 'My list', isDefault: true };
    expect((await read()).data.viewer.defaultPlaylist).toEqual({ ...list, entries: { totalCount: 0 } });
    await add(person, 7);
    expect((await read()).data.viewer.defaultPlaylist).toEqual({ ...list, entries: { totalCount: 1 } });
  });

  it('makes the default list also for who gave its name to another one', async () => {
    const person = await createUser(server.app.database);
    await create(person, 'My list');
    await create(person, 'My list (2)');
    expect((await names(person)).nodes.map(({ name }: { name: string }) => name)).toEqual([
      'My list',
      'My list (2)',
      'My list (3)',
    ]);
  });

  it('creates, renames and deletes a list, with what is in it', async () => {
    const person = await createUser(server.app.database);
    const id = await create(person, '  Noche de cine  ');
    expect(await refusal(person, 'createPlaylist(input: { name: "Noche de cine" }) { playlist { id } }')).toEqual({
      code: 'CONFLICT',
      reason: 'playlistNameTaken',
    });
    const rename = (name: string) =>
      `renamePlaylist(input: { playlistId: "${id}", name: "${name}" }) { playlist { name } }`;
    expect(await run(person, rename('Domingo'))).toEqual({ renamePlaylist: { playlist: { name: 'Domingo' } } });
    await create(person, 'Lunes');
    expect(await refusal(person, rename('Lunes'))).toEqual({ code: 'CONFLICT', reason: 'playlistNameTaken' });
    await add(person, 3, id);
    const remove = `deletePlaylist(input: { playlistId: "${id}" }) { outcome }`;
    expect(await run(person, remove)).toEqual({ deletePlaylist: { outcome: 'REMOVED' } });
    expect(await run(person, remove)).toEqual({ deletePlaylist: { outcome: 'ABSENT' } });
    expect(await titles(person, id)).toBeUndefined();
  });

  it('keeps the default list, by whatever name', async () => {
    const person = await createUser(server.app.database);
    const { viewer } = (await send(person, '{ viewer { playlists { nodes { id } } } }')).data;
    const [{ id }] = viewer.playlists.nodes;
    await run(person, `renamePlaylist(input: { playlistId: "${id}", name: "Mía" }) { playlist { id } }`);
    expect(await refusal(person, `deletePlaylist(input: { playlistId: "${id}" }) { outcome }`)).toEqual({
      code: 'CONFLICT',
      reason: 'defaultPlaylist',
    });
    expect((await names(person)).nodes).toEqual([{ name: 'Mía', isDefault: true, entries: { totalCount: 0 } }]);
  });

  it('adds and removes a film, and says what was already so', async () => {
    const person = await createUser(server.app.database);
    const id = await create(person, 'Once');
    expect((await add(person, 4, id)).addToPlaylist.outcome).toBe('ADDED');
    expect((await add(person, 4, id)).addToPlaylist.outcome).toBe('ALREADY_PRESENT');
    expect(await titles(person, id)).toEqual(['The Matrix']);
    const remove = `removeFromPlaylist(input: { playlistId: "${id}", movieId: "4" }) { outcome }`;
    expect(await run(person, remove)).toEqual({ removeFromPlaylist: { outcome: 'REMOVED' } });
    expect(await run(person, remove)).toEqual({ removeFromPlaylist: { outcome: 'ABSENT' } });
  });

  it('moves films first and behind others, and pages in that order and by when they were added', async () => {
    const person = await createUser(server.app.database);
    const id = await create(person, 'Ordered');
    for (const movie of [1, 2, 3, 4, 5]) await add(person, movie, id);
    const move = (movie: number, after?: number) =>
      run(
        person,
        `movePlaylistEntry(input: { playlistId: "${id}", movieId: "${movie}" ${after ? `afterMovieId: "${after}"` : ''} }) {
        entry { movie { databaseId } } }`,
      );
    await move(5);
    await move(1, 4);
    await move(2, 2);
    expect(await titles(person, id)).toEqual([
      'Forrest Gump',
      'The Dark Knight',
      'Pulp Fiction',
      'The Matrix',
      'Inception',
    ]);
    expect(await titles(person, id, '(first: 2, orderBy: { field: ADDED_AT, direction: DESC })')).toEqual([
      'Forrest Gump',
      'The Matrix',
    ]);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const text: string = `{ playlist(id: "${id}") { entries(first: 2, after: ${JSON.stringify(after)}) {
        nodes { movie { title } } pageInfo { hasNextPage endCursor } } } }`;
      const { nodes, pageInfo } = (await send(person, text)).data.playlist.entries;
      seen.push(...nodes.map(({ movie }: { movie: { title: string } }) => movie.title));
      [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
    }
    expect(seen).toEqual(await titles(person, id));
  });

  it('takes no film that cannot be watched yet', async () => {
    const person = await createUser(server.app.database);
    const movieId = await createMovie(server.app.database);
    const update = server.app.database.sql.updateTable('movies').set({ status: 'coming_soon' });
    await update.where('id', '=', movieId).execute();
    const refused = { code: 'CONFLICT', reason: 'movieNotAvailable' };
    expect(await refusal(person, `addToPlaylist(input: { movieId: "${movieId}" }) { outcome }`)).toEqual(refused);
    const lists = server.app.database.sql.selectFrom('playlists').select('id').where('user_id', '=', person.id);
    expect(await lists.execute()).toEqual([]);
  });

  it.each([
    ['addToPlaylist(input: { movieId: "999999" }) { outcome }', { code: 'NOT_FOUND', resource: 'movie' }],
    ['addToPlaylist(input: { movieId: "4294967296" }) { outcome }', { code: 'NOT_FOUND', resource: 'movie' }],
    [
      'addToPlaylist(input: { movieId: "1", playlistId: "9999999999" }) { outcome }',
      { code: 'NOT_FOUND', resource: 'playlist' },
    ],
    ['movePlaylistEntry(input: { movieId: "24" }) { entry { id } }', { code: 'NOT_FOUND', resource: 'playlistEntry' }],
    ['createPlaylist(input: { name: "  " }) { playlist { id } }', { code: 'INVALID', field: 'name' }],
    [`createPlaylist(input: { name: "${'x'.repeat(101)}" }) { playlist { id } }`, { code: 'INVALID', field: 'name' }],
    ['createPlaylist(input: { name: "a\\u0000b" }) { playlist { id } }', { code: 'INVALID', field: 'name' }],
    [
      'addToPlaylist(input: { movieId: "1", playlistId: "TW92aWU6MQ" }) { outcome }',
      { code: 'INVALID', field: 'playlistId' },
    ],
  ])('refuses %s', async (field, extensions) => {
    expect(await refusal({ apiKey: keys.john }, field)).toEqual(extensions);
  });

  describe("another person's list", () => {
    it.each([
      ['renamePlaylist(input: { playlistId: "$ID", name: "Mine" }) { playlist { id } }'],
      ['addToPlaylist(input: { playlistId: "$ID", movieId: "1" }) { outcome }'],
      ['removeFromPlaylist(input: { playlistId: "$ID", movieId: "2" }) { outcome }'],
      ['movePlaylistEntry(input: { playlistId: "$ID", movieId: "2" }) { entry { id } }'],
    ])('is not there for %s', async (field) => {
      const [owner, other] = [await createUser(server.app.database), await createUser(server.app.database)];
      const id = await create(owner, 'Secret');
      await add(owner, 2, id);
      expect(await refusal(other, field.replace('$ID', id))).toEqual({ code: 'NOT_FOUND', resource: 'playlist' });
      expect(await titles(owner, id)).toEqual(['The Dark Knight']);
    });

    it('is neither read nor deleted', async () => {
      const [owner, other] = [await createUser(server.app.database), await createUser(server.app.database)];
      const id = await create(owner, 'Secret');
      const entry = `addToPlaylist(input: { playlistId: "${id}", movieId: "2" }) { entry { id } }`;
      const entryId = (await run(owner, entry)).addToPlaylist.entry.id;
      const text = `{ playlist(id: "${id}") { name } nodes(ids: ["${id}", "${entryId}"]) { __typename } }`;
      expect((await send(other, text)).data).toEqual({ playlist: null, nodes: [null, null] });
      expect(await run(other, `deletePlaylist(input: { playlistId: "${id}" }) { outcome }`)).toEqual({
        deletePlaylist: { outcome: 'ABSENT' },
      });
      expect((await send(owner, text)).data).toEqual({
        playlist: { name: 'Secret' },
        nodes: [{ __typename: 'Playlist' }, { __typename: 'PlaylistEntry' }],
      });
    });
  });

  it('reads many lists with their films in the same few statements, however many there are', async () => {
    const counts: number[] = [];
    for (const lists of [5, 20, 100]) {
      const person = await createUser(server.app.database);
      await fill(person.id, lists);
      await names(person);
      // What is otherwise written some seconds later is no part of the request.
      await server.app.flush();
      statements = 0;
      const text = `{ viewer { playlists(first: ${lists}) { nodes { name entries(first: 3) {
        totalCount nodes { addedAt playlist { name } movie { title genres } } } } } } }`;
      const { nodes } = (await send(person, text)).data.viewer.playlists;
      counts.push(statements);
      expect(nodes).toHaveLength(lists);
      expect(nodes[0].entries.totalCount).toBe(4);
      expect(nodes[0].entries.nodes.map(({ movie }: { movie: { title: string } }) => movie.title)).toEqual([
        'Inception',
        'The Dark Knight',
        'Pulp Fiction',
      ]);
    }
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeLessThanOrEqual(10);
  });
});
