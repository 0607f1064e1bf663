import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const globalId = (key: string) => Buffer.from(key).toString('base64url');

describeOnEveryEngine('people and nodes in GraphQL', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  it('knows who asks', async () => {
    const text = '{ viewer { databaseId username name email } }';
    expect((await sendGraphql(server.url, text)).body.data.viewer).toBeNull();
    expect((await sendGraphql(server.url, text, { apiKey: keys.jane })).body.data.viewer).toEqual({
      databaseId: 2,
      username: 'jane_smith',
      name: 'Jane Smith',
      email: 'jane@example.com',
    });
  });

  it('shows an e-mail address to its owner only', async () => {
    const text = '{ user(id: "2") { name email } }';
    expect((await sendGraphql(server.url, text, { apiKey: keys.john })).body.data.user).toEqual({
      name: 'Jane Smith',
      email: null,
    });
    expect((await sendGraphql(server.url, text, { apiKey: keys.jane })).body.data.user.email).toBe('jane@example.com');
  });

  it('finds every type by its global id, in the order asked for', async () => {
    const ids = ['User:1', 'Movie:2', 'Rating:1', 'WatchlistItem:1', 'Movie:999999', 'Nothing:1'].map(globalId);
    const text = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const { body } = await sendGraphql(server.url, text, { apiKey: keys.john, variables: { ids: [...ids, 'junk'] } });
    expect(body.data.nodes).toEqual([
      ...['User', 'Movie', 'Rating', 'WatchlistItem'].map((type, index) => ({ __typename: type, id: ids[index] })),
      null,
      null,
      null,
    ]);
  });

  it('reads a global id back through node', async () => {
    const { body } = await sendGraphql(
      server.url,
      `{ node(id: "${globalId('Rating:1')}") { ... on Rating { score movie { title } user { name } } } }`,
    );
    expect(body.data.node).toEqual({ score: 4.5, movie: { title: 'Inception' }, user: { name: 'John Doe' } });
  });

  it("answers null for someone else's watchlist entry, as if it were not there", async () => {
    const text = `{ node(id: "${globalId('WatchlistItem:1')}") { id } }`;
    expect((await sendGraphql(server.url, text, { apiKey: keys.jane })).body).toEqual({ data: { node: null } });
    expect((await sendGraphql(server.url, text)).body).toEqual({ data: { node: null } });
  });

  it('refuses more than 100 ids at once', async () => {
    const text = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const { body } = await sendGraphql(server.url, text, { variables: { ids: Array(101).fill('x') } });
    expect(body.errors[0].extensions).toEqual({ code: 'INVALID', field: 'ids' });
  });
});
