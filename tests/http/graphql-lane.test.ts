import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { sqlite } from '../support/engines.js';
import { keys, send, type TestRequest, type TestResponse } from '../support/http.js';
import { type CapturedLog, captureLog } from '../support/log.js';
import { startServer, type TestServer } from '../support/server.js';

const films =
  'query Films($first: Int = 2) { movies(first: $first) { nodes { id title ratings(first: 1) { nodes { score } } } } }';
const pages =
  'query Pages($n: Int!) { movies(first: $n) { nodes { ratings(first: $n) { nodes { user { name } } } } } }';
const two = 'query A { a: genres } query B { b: __typename }';
const rate = 'mutation Rate($m: ID!, $s: Float!) { rateMovie(input: { movieId: $m, score: $s }) { rating { score } } }';

interface Row {
  readonly what: string;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether Express must see it all the same. */
  readonly declined?: true;
}

const accepts = [
  'application/json',
  'application/json, text/plain, */*',
  'application/graphql-response+json',
  'application/graphql-response+json, application/json',
  'application/graphql-response+json,application/json;q=0.9',
  'application/graphql-response+json; charset=utf-8, application/json; charset=utf-8',
];
const rows: readonly Row[] = [
  { what: 'a query', body: { query: films } },
  { what: 'a query with variables', body: { query: films, variables: { first: 3 } } },
  { what: 'nulls where nothing is', body: { query: films, variables: null, operationName: null, extensions: null } },
  { what: 'empty extensions', body: { query: films, extensions: {} } },
  { what: 'one operation of several', body: { query: two, operationName: 'B' } },
  { what: 'an operation that is not there', body: { query: two, operationName: 'C' }, declined: true },
  { what: 'several operations without a name', body: { query: two }, declined: true },
  { what: 'an empty name', body: { query: two, operationName: '' }, declined: true },
  { what: 'introspection', body: { query: getIntrospectionQuery() } },
  { what: 'a viewer by key', body: { query: '{ viewer { name } }' }, headers: { 'x-api-key': keys.jane } },
  { what: 'nobody', body: { query: '{ viewer { name } }' } },
  { what: 'a key that nobody has', body: { query: films }, headers: { 'x-api-key': 'nobody' } },
  { what: 'a header that is no credential', body: { query: films }, headers: { authorization: 'Basic 123' } },
  { what: 'a token that is none', body: { query: films }, headers: { authorization: 'Bearer abc' } },
  { what: 'a cookie that is no session', body: { query: films }, headers: { cookie: 'filmgraph_session=abc; b=c' } },
  { what: 'a field that fails', body: { query: films, variables: { first: 0 } } },
  {
    what: 'an id of another type',
    body: { query: 'query N($id: ID) { movie(id: $id) { id } }', variables: { id: 'x' } },
  },
  { what: 'a mutation', body: { query: rate, variables: { m: '4', s: 3 } }, headers: { 'x-api-key': keys.john } },
  { what: 'a mutation of nobody', body: { query: rate, variables: { m: '4', s: 3 } } },
  {
    what: 'a score that is none',
    body: { query: rate, variables: { m: '4', s: 9 } },
    headers: { 'x-api-key': keys.john },
  },
  { what: 'too much, by variables', body: { query: pages, variables: { n: 100 } } },
  {
    what: 'too much, told in the new media type',
    body: { query: pages, variables: { n: 100 } },
    headers: { accept: 'application/graphql-response+json' },
  },
  { what: 'much, which is charged for', body: { query: pages, variables: { n: 40 } } },
  { what: 'a page of another origin', body: { query: films }, headers: { origin: 'https://app.example' } },
  {
    what: 'a page of an origin that is not let in',
    body: { query: films },
    headers: { origin: 'https://evil.example' },
  },
  { what: 'a charset', body: { query: films }, headers: { 'content-type': 'application/json; charset=utf-8' } },
  ...accepts.map((accept) => ({
    what: `a client that accepts ${accept}`,
    body: { query: films },
    headers: { accept },
  })),
  { what: 'a client that accepts a page', body: { query: films }, headers: { accept: 'text/html' }, declined: true },
  { what: 'a variable of another type', body: { query: films, variables: { first: 'two' } }, declined: true },
  { what: 'a variable that is missing', body: { query: pages }, declined: true },
  { what: 'variables that are none', body: { query: films, variables: [1] }, declined: true },
  { what: 'a field that is not there', body: { query: '{ nothing }' }, declined: true },
  { what: 'no document', body: { query: '{' }, declined: true },
  { what: 'a batch', body: [{ query: films }], declined: true },
  { what: 'what nobody asked for', body: { query: films, more: 1 }, declined: true },
  { what: 'no JSON', body: '{"query":', declined: true },
  { what: 'a prototype', body: '{"query":"{ genres }","variables":{"__proto__":{}}}', declined: true },
  {
    what: 'another charset',
    body: { query: films },
    headers: { 'content-type': 'application/json; charset=latin1' },
    declined: true,
  },
  { what: 'a form', body: 'query=a', headers: { 'content-type': 'application/x-www-form-urlencoded' }, declined: true },
  {
    what: 'a hash of a document that is not registered',
    body: { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } },
    declined: true,
  },
  { what: 'an idempotency key', body: { query: films }, headers: { 'idempotency-key': 'a' }, declined: true },
];

describe('a GraphQL request that Express does not see', () => {
  let server: TestServer;
  let log: CapturedLog;
  let express: jest.SpiedFunction<(...parameters: unknown[]) => void>;

  beforeAll(async () => {
    log = captureLog();
    const variables = { CORS_ORIGINS: 'https://app.example' };
    server = await startServer(sqlite, { logger: log.logger, variables });
    // Express calls this for each request; its types do not tell.
    express = jest.spyOn(server.app.express as unknown as { handle: (...parameters: unknown[]) => void }, 'handle');
  });
  afterAll(() => server.close());

  /** Express is given what has a query, although there is nothing in it. */
  const paths = { express: '/graphql?', front: '/graphql' } as const;

  async function ask(way: keyof typeof paths, { body, headers = {} }: Row): Promise<TestResponse> {
    const request: TestRequest = { method: 'POST', body, headers };
    return send(server.url + paths[way], request);
  }

  /** Everything but what is one exchange's own. */
  async function wholeOf({ status, headers, text }: TestResponse) {
    const own = ['date', 'x-request-id', 'ratelimit'];
    const { requestId, durationMs, time, ...line } = await log.find({
      requestId: headers.get('x-request-id'),
      msg: 'request',
    });
    expect([requestId, durationMs, time]).toEqual([expect.any(String), expect.any(Number), expect.anything()]);
    return { status, headers: [...headers].filter(([name]) => !own.includes(name)), text, line };
  }

  it.each(rows)('is answered and logged as Express and Apollo do: $what', async (row) => {
    await ask('express', row);
    const expected = await wholeOf(await ask('express', row));
    express.mockClear();
    const actual = await wholeOf(await ask('front', row));
    expect(actual).toEqual(expected);
    expect(express).toHaveBeenCalledTimes(row.declined ? 1 : 0);
  });

  it('clears a session cookie', async () => {
    const row: Row = { what: 'a logout', body: { query: 'mutation { logout { outcome } }' } };
    await ask('express', row);
    const expected = await wholeOf(await ask('express', row));
    expect(expected.headers.map(([name]) => name)).toContain('set-cookie');
    expect(await wholeOf(await ask('front', row))).toEqual(expected);
  });

  it('is refused as others are when its sender has asked too often', async () => {
    const limited = await startServer(sqlite, { variables: { RATE_LIMIT_PER_MINUTE: '2' } });
    const asking = (path: string) => send(limited.url + path, { method: 'POST', body: { query: films } });
    const [first, second] = [await asking(paths.express), await asking(paths.front)];
    const [expected, actual] = [await asking(paths.express), await asking(paths.front)];
    await limited.close();
    expect([first.status, second.status, expected.status]).toEqual([200, 200, 429]);
    const shown = ({ status, headers, text }: TestResponse) => ({ status, text, names: [...headers.keys()] });
    expect(shown(actual)).toEqual(shown(expected));
  });

  it('passes each gate once, also when Express turns out to be needed', async () => {
    const { headers } = await ask('express', { what: 'before', body: { query: films } });
    const after = await ask('front', { what: 'declined', body: { query: films, more: 1 } });
    const left = (of: Headers) => Number(/r=(\d+)/.exec(of.get('ratelimit') ?? '')?.[1]);
    expect(left(after.headers)).toBe(left(headers) - 1);
  });
});
