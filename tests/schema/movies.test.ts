import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createMovie, createUser } from '../support/factories.js';
import { sendGraphql, type TestResponse } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('films in GraphQL', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const query = async (text: string, variables?: Record<string, unknown>) =>
    (await sendGraphql(server.url, text, variables ? { variables } : {})).body;
  const titles = async (args: string): Promise<string[]> =>
    (await query(`{ movies(first: 100, ${args}) { nodes { title } } }`)).data.movies.nodes.map(
      ({ title }: { title: string }) => title,
    );

  it('lists the same whether little or much is asked of each film', async () => {
    const few = 'id databaseId title year averageRating ratingCount genres';
    const list = async (text: string) => (await query(text)).data.movies;
    const short = await list(`{ movies(first: 5) { nodes { ${few} } totalCount pageInfo { hasNextPage } } }`);
    const whole = await list(
      `{ movies(first: 5) { nodes { ${few} director } edges { cursor } totalCount pageInfo { hasNextPage } } }`,
    );
    const spread = await list(
      `{ movies(first: 5) { nodes { ...F } } } fragment F on Movie { ...G } fragment G on Movie { status createdAt }`,
    );
    expect(short.nodes).toEqual(whole.nodes.map(({ director: _director, ...node }: { director: unknown }) => node));
    expect([short.totalCount, short.pageInfo]).toEqual([whole.totalCount, whole.pageInfo]);
    expect(spread.nodes[0]).toEqual({ status: expect.any(String), createdAt: expect.any(String) });
    expect(whole.edges[0].cursor).toEqual(expect.any(String));
    const byTitle = '(first: 2, orderBy: { field: TITLE, direction: DESC })';
    const edges = await list(`{ movies${byTitle} { edges { node { title } } pageInfo { hasNextPage } } }`);
    const cursors = await list(`{ movies${byTitle} { edges { cursor node { title } } pageInfo { endCursor } } }`);
    expect(edges.edges).toEqual(cursors.edges.map(({ node }: { node: object }) => ({ node })));
    expect(cursors.pageInfo.endCursor).toBe(cursors.edges[1].cursor);
  });

  it('answers the documented averages, exactly as the MIMO dialect does', async () => {
    const { data } = await query(
      '{ movies(first: 100) { totalCount nodes { databaseId averageRating ratingCount } } }',
    );
    expect(data.movies.totalCount).toBe(25);
    const averages = Object.fromEntries(
      data.movies.nodes.map(({ databaseId, averageRating }: { databaseId: number; averageRating: number | null }) => [
        databaseId,
        averageRating,
      ]),
    );
    expect(averages).toMatchObject({ 1: 4.25, 2: 4.75, 3: 4.5, 4: 4, 5: 5, 6: 5, 7: 4, 8: null, 9: 5, 25: null });
  });

  it('shows every field of a film', async () => {
    const { data } = await query(`{ movie(databaseId: 1) {
      id databaseId title year director durationMinutes status genres averageRating ratingCount posterUrl
      externalIds { movieLens imdb tmdb } viewer { rating { id } }
    } }`);
    expect(data.movie).toEqual({
      id: 'TW92aWU6MQ',
      databaseId: 1,
      title: 'Inception',
      year: 2010,
      director: 'Christopher Nolan',
      durationMinutes: 148,
      status: 'AVAILABLE',
      genres: ['Sci-Fi'],
      averageRating: 4.25,
      ratingCount: 2,
      posterUrl: null,
      externalIds: { movieLens: null, imdb: null, tmdb: null },
      viewer: null,
    });
  });

  it('finds a film by any one of its ids, and answers null for one that is not there', async () => {
    await server.app.database.sql.updateTable('movies').set({ movie_lens_id: 79132 }).where('id', '=', 1).execute();
    const { data } = await query(`{
      global: movie(id: "TW92aWU6MQ") { title } rest: movie(databaseId: 1) { title }
      movieLens: movie(movieLensId: 79132) { title } absent: movie(databaseId: 999999) { title }
    }`);
    const inception = { title: 'Inception' };
    expect(data).toEqual({ global: inception, rest: inception, movieLens: inception, absent: null });
  });

  it.each([
    ['none of them', '{ movie { id } }', 'movie'],
    ['two of them', '{ movie(databaseId: 1, movieLensId: 1) { id } }', 'movie'],
    ['the id of something else', '{ movie(id: "VXNlcjox") { id } }', 'id'],
    ['an id of nothing', '{ movie(id: "!!") { id } }', 'id'],
  ])('refuses a film asked for by %s', async (_case, text, field) => {
    const { data, errors } = await query(text);
    expect(data.movie).toBeNull();
    expect(errors).toEqual([expect.objectContaining({ extensions: { code: 'INVALID', field } })]);
  });

  it.each([
    ['text: "dark knight"', ['The Dark Knight']],
    ['text: "KNIGHT (2008)"', ['The Dark Knight']],
    ['title: "the d"', ['The Dark Knight', 'The Departed']],
    ['title: "2008"', []],
    ['genre: "sci-fi"', ['Inception', 'The Matrix', 'Interstellar', 'Jurassic Park', 'Back to the Future']],
    ['genre: "sci"', []],
    ['director: "nolan"', ['Inception', 'The Dark Knight', 'Interstellar']],
    ['year: 1999', ['The Matrix', 'Fight Club', 'The Green Mile']],
    ['yearFrom: 2012, yearTo: 2014', ['Interstellar', 'Django Unchained', 'Whiplash']],
    ['status: COMING_SOON', []],
    ['minAverage: 4.75', ['The Dark Knight', 'Forrest Gump', 'The Shawshank Redemption', 'The Godfather']],
    ['minRatingCount: 2', ['Inception', 'The Dark Knight']],
    ['genre: "Drama", year: 1994', ['Forrest Gump', 'The Shawshank Redemption']],
    ['text: "%"', []],
    ['title: "_nception"', []],
  ])('filters by { %s }', async (filter, expected) => {
    expect(await titles(`filter: { ${filter} }`)).toEqual(expected);
    const { data } = await query(`{ movies(filter: { ${filter} }) { totalCount } }`);
    expect(data.movies.totalCount).toBe(expected.length);
  });

  it('treats empty texts and nulls in a filter as no condition', async () => {
    expect(await titles('filter: { text: "", title: "", genre: "", year: null }')).toHaveLength(25);
  });

  it('finds titles without regard to accents and case', async () => {
    const id = await createMovie(server.app.database, { title: 'Amélie', year: 2001 });
    expect(await titles('filter: { title: "AMELIE" }')).toEqual(['Amélie']);
    await server.app.database.sql.deleteFrom('movies').where('id', '=', id).execute();
    await server.app.database.sql.updateTable('catalog_counts').set({ value: 25 }).execute();
  });

  it('orders by title without regard to case', async () => {
    expect((await titles('orderBy: { field: TITLE }')).slice(0, 3)).toEqual([
      'Alien',
      'Back to the Future',
      'Django Unchained',
    ]);
    expect((await titles('orderBy: { field: YEAR, direction: DESC }'))[0]).toBe('Parasite');
  });

  it('puts unrated films first when averages ascend and last when they descend', async () => {
    const ascending = await titles('orderBy: { field: AVERAGE_RATING }');
    const descending = await titles('orderBy: { field: AVERAGE_RATING, direction: DESC }');
    expect(ascending.slice(0, 1)).toEqual(['Goodfellas']);
    expect(descending.slice(0, 4)).toEqual([
      'The Godfather',
      'The Shawshank Redemption',
      'Forrest Gump',
      'The Dark Knight',
    ]);
    expect(descending.at(-1)).toBe('Goodfellas');
  });

  it('lists the genres that films can be filtered by', async () => {
    const { data } = await query('{ genres }');
    expect(data.genres.slice(0, 3)).toEqual(['Action', 'Animation', 'Crime']);
  });

  it.each([0, -1, 101, 1_000_000])('refuses a page of %d', async (first) => {
    const { data, errors } = await query('query ($first: Int!) { movies(first: $first) { nodes { id } } }', { first });
    expect(data).toBeNull();
    expect(errors[0].extensions).toEqual({ code: 'INVALID', field: 'first' });
  });

  it.each([
    ['no cursor at all', 'x'],
    ['another order', 'WyJUSVRMRSIsImFzYyIsImEiLDFd'],
    ['broken content', Buffer.from('["ID","asc",{},1]').toString('base64url')],
  ])('refuses a cursor of %s', async (_case, after) => {
    const { errors } = await query('query ($after: String) { movies(after: $after) { nodes { id } } }', { after });
    expect(errors[0].extensions).toEqual({ code: 'INVALID', field: 'after' });
  });

  it('gives edges their cursors and pages their bounds', async () => {
    const { data } = await query(
      '{ movies(first: 2) { edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }',
    );
    const [first, second] = data.movies.edges;
    expect(data.movies.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.cursor,
      endCursor: second.cursor,
    });
    const next = await query(
      'query ($after: String) { movies(first: 1, after: $after) { nodes { title } pageInfo { hasPreviousPage } } }',
      { after: second.cursor },
    );
    expect(next.data.movies).toEqual({ nodes: [{ title: 'Pulp Fiction' }], pageInfo: { hasPreviousPage: true } });
  });
});

const rate = 'mutation ($input: RateMovieInput!) { rateMovie(input: $input) { created } }';

describeOnEveryEngine('paging through films', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
    // Thirds make averages that no decimal writes exactly.
    for (const score of [4, 5, 5]) {
      const { apiKey } = await createUser(server.app.database);
      for (const movie of [11, 12, 13])
        await sendGraphql(server.url, rate, { apiKey, variables: { input: { movieId: String(movie), score } } });
    }
  });
  afterAll(() => server.close());

  it.each(['ID', 'TITLE', 'YEAR', 'AVERAGE_RATING', 'RATING_COUNT', 'CREATED_AT'])(
    'meets every film exactly once in the order of %s, both ways, whatever ties and gaps there are',
    async (field) => {
      const ascending = await walk(server.url, field, 'ASC');
      expect(new Set(ascending).size).toBe(25);
      expect(await walk(server.url, field, 'DESC')).toEqual(ascending.toReversed());
    },
  );
});

/** Reads a list to its end, four at a time. */
async function walk(url: string, field: string, direction: string): Promise<number[]> {
  const ids: number[] = [];
  const text = `query ($after: String) { movies(first: 4, after: $after, orderBy: { field: ${field}, direction: ${direction} }) {
    nodes { databaseId } pageInfo { hasNextPage endCursor } } }`;
  for (let after: string | null = null, more = true; more && ids.length < 100; ) {
    const { body }: TestResponse = await sendGraphql(url, text, { variables: { after } });
    const { movies } = body.data;
    ids.push(...movies.nodes.map(({ databaseId }: { databaseId: number }) => databaseId));
    ({ hasNextPage: more, endCursor: after } = movies.pageInfo);
  }
  return ids;
}
