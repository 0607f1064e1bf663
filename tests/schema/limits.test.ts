import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { describeOnEveryEngine } from '../support/engines.js';
import { sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const deep = (levels: number) =>
  `{ movies(first: 1) { nodes { ${'ratings(first: 1) { nodes { movie { '.repeat(levels)} id ${'} } }'.repeat(levels)} } } }`;
const bomb = (spreads: number) =>
  `{ ...F0 } ${Array.from({ length: spreads }, (_, i) => `fragment F${i} on Query { genres ${i < spreads - 1 ? `...F${i + 1} ...F${i + 1}` : ''} }`).join(' ')}`;
const aliases = (count: number) => `{ ${Array.from({ length: count }, (_, i) => `a${i}: genres`).join(' ')} }`;

describeOnEveryEngine('limits on operations', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.close());

  it.each([
    ['depth', deep(5), 'depth'],
    ['aliases', aliases(31), 'number of aliases'],
    ['fields', bomb(12), 'number of fields'],
    ['exponential fragments', bomb(60), 'number of fields'],
    ['cost', '{ movies(first: 100) { nodes { ratings(first: 100) { nodes { id user { id } } } } } }', 'estimated cost'],
    [
      'cost by default page sizes',
      '{ movies { nodes { ratings { nodes { user { ratings { nodes { movie { id } } } } } } } } }',
      'estimated cost',
    ],
  ])('refuses too much %s and says which limit it was', async (_what, query, limit) => {
    const { body } = await sendGraphql(server.url, query);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].extensions).toEqual({ code: 'QUERY_TOO_COMPLEX' });
    expect(body.errors[0].message).toContain(`The ${limit} of this operation is`);
  });

  it('counts page sizes that come as variables, given or by default', async () => {
    const query = (type: string) =>
      `query ($n: ${type}) { movies(first: $n) { nodes { ratings(first: $n) { nodes { id user { id } } } } } }`;
    const given = await sendGraphql(server.url, query('Int!'), { variables: { n: 100 } });
    const byDefault = await sendGraphql(server.url, query('Int! = 100'));
    const small = await sendGraphql(server.url, query('Int! = 100'), { variables: { n: 5 } });
    expect([given, byDefault].map(({ body }) => body.errors[0].extensions.code)).toEqual(
      Array(2).fill('QUERY_TOO_COMPLEX'),
    );
    expect(small.body.errors).toBeUndefined();
  });

  it('refuses a document of more than 2000 tokens before parsing the rest', async () => {
    const { body } = await sendGraphql(server.url, `{ ${'genres '.repeat(2000)} }`);
    expect(body.errors[0].extensions).toEqual({ code: 'GRAPHQL_PARSE_FAILED' });
  });

  it('takes what clients really send: introspection, and a full page with nested lists', async () => {
    const introspection = await sendGraphql(server.url, getIntrospectionQuery());
    expect(introspection.body.data.__schema.queryType.name).toBe('Query');
    const page = '{ movies(first: 100) { nodes { genres ratings(first: 20) { nodes { score user { name } } } } } }';
    expect((await sendGraphql(server.url, page)).body.errors).toBeUndefined();
    expect((await sendGraphql(server.url, aliases(30))).body.errors).toBeUndefined();
    expect((await sendGraphql(server.url, deep(4))).body.errors).toBeUndefined();
  });
});
