import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { createMovie, createUser } from '../support/factories.js';
import { keys, sendGraphql, type TestResponse } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const rate = `mutation ($input: RateMovieInput!) { rateMovie(input: $input) {
  created rating { score comment user { username } } movie { averageRating ratingCount viewer { rating { score } } } } }`;

describeOnEveryEngine('ratings in GraphQL', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const rateAs = async (apiKey: string, input: Record<string, unknown>) =>
    (await sendGraphql(server.url, rate, { apiKey, variables: { input } })).body;

  it('rates a film, then replaces the rating, and keeps the average exact', async () => {
    const first = await rateAs(keys.john, { movieId: 'TW92aWU6Mw', score: 3.33, comment: 'fine' });
    expect(first.data.rateMovie).toEqual({
      created: true,
      rating: { score: 3.33, comment: 'fine', user: { username: 'john_doe' } },
      movie: { averageRating: (450 + 333) / 200, ratingCount: 2, viewer: { rating: { score: 3.33 } } },
    });
    const second = await rateAs(keys.john, { movieId: '3', score: 5 });
    expect(second.data.rateMovie).toEqual({
      created: false,
      rating: { score: 5, comment: null, user: { username: 'john_doe' } },
      movie: { averageRating: 4.75, ratingCount: 2, viewer: { rating: { score: 5 } } },
    });
  });

  it('deletes a rating once, and says so when there is none', async () => {
    const movieId = String(await createMovie(server.app.database));
    await rateAs(keys.jane, { movieId, score: 1 });
    const text = `mutation ($id: ID!) { deleteRating(input: { movieId: $id }) { outcome movie { averageRating ratingCount } } }`;
    const remove = async () =>
      (await sendGraphql(server.url, text, { apiKey: keys.jane, variables: { id: movieId } })).body.data.deleteRating;
    expect(await remove()).toEqual({ outcome: 'REMOVED', movie: { averageRating: null, ratingCount: 0 } });
    expect(await remove()).toEqual({ outcome: 'ABSENT', movie: { averageRating: null, ratingCount: 0 } });
  });

  it.each([
    [
      { movieId: '1', score: 5.01 },
      { code: 'INVALID', field: 'score' },
    ],
    [
      { movieId: '1', score: -0.5 },
      { code: 'INVALID', field: 'score' },
    ],
    [
      { movieId: '1', score: 4.125 },
      { code: 'INVALID', field: 'score' },
    ],
    [
      { movieId: '1', score: 4, comment: 'x'.repeat(501) },
      { code: 'INVALID', field: 'comment' },
    ],
    [
      { movieId: '1', score: 4, comment: 'a\u0000b' },
      { code: 'INVALID', field: 'comment' },
    ],
    [
      { movieId: 'VXNlcjox', score: 4 },
      { code: 'INVALID', field: 'movieId' },
    ],
    [
      { movieId: '999999', score: 4 },
      { code: 'NOT_FOUND', resource: 'movie' },
    ],
    [
      { movieId: '4294967296', score: 4 },
      { code: 'NOT_FOUND', resource: 'movie' },
    ],
  ])('refuses %j and writes nothing', async (input, extensions) => {
    const before = await dump();
    const { data, errors } = await rateAs(keys.bob, input);
    expect(data).toBeNull();
    expect(errors).toEqual([expect.objectContaining({ path: ['rateMovie'], extensions })]);
    expect(await dump()).toEqual(before);
  });

  it('asks for a credential before anything else', async () => {
    const { body } = await sendGraphql(server.url, rate, { variables: { input: { movieId: '1', score: 4 } } });
    expect(body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });

  it('refuses the whole request when the key is unknown or its owner is disabled', async () => {
    const { apiKey } = await createUser(server.app.database, { active: false });
    const unknown = await sendGraphql(server.url, '{ genres }', { apiKey: 'nope' });
    const disabled = await sendGraphql(server.url, '{ genres }', { apiKey });
    expect([unknown.status, unknown.body.data, unknown.body.errors[0].extensions.code]).toEqual([
      401,
      undefined,
      'UNAUTHENTICATED',
    ]);
    expect([disabled.status, disabled.body.data, disabled.body.errors[0].extensions.code]).toEqual([
      403,
      undefined,
      'ACCOUNT_DISABLED',
    ]);
  });

  it('reads in a later mutation of the same request what an earlier one wrote', async () => {
    const movieId = await createMovie(server.app.database);
    const step = (name: string, score: number) =>
      `${name}: rateMovie(input: { movieId: "${movieId}", score: ${score} }) { movie { averageRating ratings { nodes { score } } viewer { rating { score } } } }`;
    const { body } = await sendGraphql(server.url, `mutation { ${step('a', 1)} ${step('b', 2)} }`, {
      apiKey: keys.john,
    });
    const seen = (score: number) => ({
      movie: { averageRating: score, ratings: { nodes: [{ score }] }, viewer: { rating: { score } } },
    });
    expect(body.data).toEqual({ a: seen(1), b: seen(2) });
  });

  it('pages through the ratings of a film and of a person', async () => {
    const movieId = await createMovie(server.app.database);
    for (let index = 0; index < 5; index++) {
      await rateAs((await createUser(server.app.database)).apiKey, { movieId: String(movieId), score: index });
    }
    const text = `query ($id: Int!, $after: String) { movie(databaseId: $id) {
      ratings(first: 2, after: $after, orderBy: { field: CREATED_AT, direction: DESC }) { totalCount nodes { score } pageInfo { hasNextPage endCursor } } } }`;
    const scores: number[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { body }: TestResponse = await sendGraphql(server.url, text, { variables: { id: movieId, after } });
      const { ratings } = body.data.movie;
      expect(ratings.totalCount).toBe(5);
      scores.push(...ratings.nodes.map(({ score }: { score: number }) => score));
      ({ hasNextPage: more, endCursor: after } = ratings.pageInfo);
    }
    expect(scores).toEqual([4, 3, 2, 1, 0]);
    const { body } = await sendGraphql(
      server.url,
      '{ user(id: "3") { ratings(first: 2) { totalCount nodes { score movie { title } } } } }',
    );
    expect(body.data.user.ratings).toEqual({
      totalCount: 3,
      nodes: [
        { score: 4.5, movie: { title: 'The Dark Knight' } },
        { score: 4, movie: { title: 'Fight Club' } },
      ],
    });
  });

  async function dump(): Promise<unknown> {
    const { sql } = server.app.database;
    return [
      await sql.selectFrom('ratings').selectAll().orderBy('id').execute(),
      await sql
        .selectFrom('movies')
        .select(['id', 'rating_count', 'rating_sum', 'average_rating'])
        .orderBy('id')
        .execute(),
    ];
  }
});
