import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { describeOnEveryEngine } from '../support/engines.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('GraphQL over HTTP', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  const post = (body: unknown, headers: Record<string, string> = {}) =>
    send(`${server.url}/graphql`, { method: 'POST', body, headers });

  it('passes every audit of the specification, with the header that browsers must preflight', async () => {
    const fetchFn = (url: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('apollo-require-preflight', 'true');
      return fetch(url, { ...init, headers });
    };
    const failed: string[] = [];
    const audits = serverAudits({ url: `${server.url}/graphql`, fetchFn });
    for (const audit of audits) {
      const result = await audit.fn();
      if (result.status !== 'ok') failed.push(`${audit.id} ${audit.name}: ${result.reason}`);
    }
    expect(failed).toEqual([]);
    expect(audits).toHaveLength(61);
  });

  it.each([
    ['malformed JSON', '{"query":', {}, 400],
    ['no JSON object', '[]', {}, 400],
    ['an unknown charset', '{"query":"{genres}"}', { 'content-type': 'application/json; charset=ibm037' }, 415],
    ['an unknown encoding', '{"query":"{genres}"}', { 'content-encoding': 'zzz' }, 415],
    ['too large a body', JSON.stringify({ query: '{genres}', pad: 'x'.repeat(200_000) }), {}, 413],
    [
      'a body nested too deep',
      `{"query":"{genres}","variables":{"a":${'['.repeat(5000)}${']'.repeat(5000)}}}`,
      {},
      400,
    ],
    ['a form', 'query=%7Bgenres%7D', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['plain text', '{"query":"{genres}"}', { 'content-type': 'text/plain' }, 400],
  ])('refuses %s with a GraphQL error', async (_what, body, headers, status) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(response.body.errors[0].message).toEqual(expect.any(String));
    expect(response.body.data).toBeUndefined();
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('answers %s with 405 and what is allowed', async (method) => {
    const { status, headers } = await send(`${server.url}/graphql`, { method });
    expect([status, headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('does not run mutations sent by GET', async () => {
    const query = encodeURIComponent('mutation { rateMovie(input: { movieId: "20", score: 1 }) { created } }');
    const headers = { 'apollo-require-preflight': '1' };
    expect((await send(`${server.url}/graphql?query=${query}`, { headers, apiKey: keys.john })).status).toBe(405);
    expect(
      (await sendGraphql(server.url, '{ movie(databaseId: 20) { ratingCount } }')).body.data.movie.ratingCount,
    ).toBe(0);
  });

  it('joins each response with the log by an id', async () => {
    const kept = await post({ query: '{genres}' }, { 'x-request-id': 'my-id.1' });
    const replaced = await post({ query: '{genres}' }, { 'x-request-id': 'bad id' });
    expect(kept.headers.get('x-request-id')).toBe('my-id.1');
    expect(replaced.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(kept.headers.get('x-powered-by')).toBeNull();
  });

  it('hides a fault: no SQL, no stack, only that there was one', async () => {
    const broken = await startServer(engine);
    await broken.app.database.sql.schema.dropTable('movie_genres').execute();
    const { body, text } = await sendGraphql(broken.url, '{ movies(first: 1) { nodes { title genres } } }');
    expect(body.errors[0]).toMatchObject({
      message: 'Internal server error',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(text).not.toMatch(/movie_genres|select|stack/i);
    await broken.close();
  });
});

describe('a production server', () => {
  it('neither shows its schema nor hints at it', async () => {
    const { createDatabase } = {
      createDatabase: async () => ({
        url: 'sqlite::memory:',
        config: { engine: 'sqlite' as const, path: ':memory:' },
        drop: async () => {},
      }),
    };
    const server = await startServer(
      { name: 'sqlite', createDatabase },
      { config: { introspection: false, playground: false } },
    );
    const introspection = await sendGraphql(server.url, '{ __schema { types { name } } }');
    const typo = await sendGraphql(server.url, '{ movi { id } }');
    const page = await send(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect(introspection.body.data).toBeUndefined();
    expect(typo.text).not.toMatch(/did you mean/i);
    expect(page.text).not.toMatch(/<html/i);
    await server.close();
  });
});
