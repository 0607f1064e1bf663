import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('many writers of one playlist at once', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const entries = (userId: number) =>
    server.app.database.sql
      .selectFrom('playlist_entries')
      .innerJoin('playlists', 'playlists.id', 'playlist_entries.playlist_id')
      .select(['movie_id', 'position'])
      .where('user_id', '=', userId)
      .orderBy('position')
      .execute();

  it('make one default list, with each film once at a place of its own', async () => {
    const { id, apiKey } = await createUser(server.app.database);
    const films = [1, 2, 3, 4, 5, 6];
    const add = (movie: number) =>
      sendGraphql(server.url, `mutation { addToPlaylist(input: { movieId: "${movie}" }) { outcome } }`, { apiKey });
    const answers = await Promise.all([...films, ...films, ...films].map(add));
    expect(answers.flatMap(({ body }) => body.errors ?? [])).toEqual([]);
    const added = answers.filter(({ body }) => body.data.addToPlaylist.outcome === 'ADDED');
    expect(added).toHaveLength(films.length);
    const rows = await entries(id);
    expect(rows.map(({ movie_id }) => movie_id).toSorted((a, b) => a - b)).toEqual(films);
    expect(new Set(rows.map(({ position }) => position)).size).toBe(films.length);
    const lists = server.app.database.sql.selectFrom('playlists').select('id').where('user_id', '=', id);
    expect(await lists.execute()).toHaveLength(1);
  });

  it('leave every film at a place of its own when they add, move and remove in any order', async () => {
    const { id, apiKey } = await createUser(server.app.database);
    const run = (field: string) => sendGraphql(server.url, `mutation { ${field} { __typename } }`, { apiKey });
    for (const movie of [1, 2, 3, 4, 5, 6]) await run(`addToPlaylist(input: { movieId: "${movie}" })`);
    const answers = await Promise.all(
      [1, 2, 3, 4, 5, 6].flatMap((movie) => [
        run(`movePlaylistEntry(input: { movieId: "${movie}" })`),
        run(`addToPlaylist(input: { movieId: "${movie + 6}" })`),
        run(`movePlaylistEntry(input: { movieId: "${movie}", afterMovieId: "${(movie % 6) + 1}" })`),
        run(`removeFromPlaylist(input: { movieId: "${movie + 12}" })`),
      ]),
    );
    expect(answers.flatMap(({ body }) => body.errors ?? [])).toEqual([]);
    const rows = await entries(id);
    expect(rows.map(({ movie_id }) => movie_id).toSorted((a, b) => a - b)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
    ]);
    expect(new Set(rows.map(({ position }) => position)).size).toBe(12);
  });

  it('either get a film into a list that is deleted, or hear that it is gone', async () => {
    const { id, apiKey } = await createUser(server.app.database);
    const run = async (field: string) => (await sendGraphql(server.url, `mutation { ${field} }`, { apiKey })).body;
    const { data } = await run('createPlaylist(input: { name: "Gone" }) { playlist { id } }');
    const playlistId = data.createPlaylist.playlist.id;
    const adding = [1, 2, 3, 4].map((movie) =>
      run(`addToPlaylist(input: { playlistId: "${playlistId}", movieId: "${movie}" }) { outcome }`),
    );
    const deleting = run(`deletePlaylist(input: { playlistId: "${playlistId}" }) { outcome }`);
    const codes = (await Promise.all([...adding, deleting])).map(({ errors }) => errors?.[0].extensions.code ?? 'ok');
    expect(codes.filter((code) => !['ok', 'NOT_FOUND'].includes(code))).toEqual([]);
    expect(await entries(id)).toEqual([]);
  });
});
