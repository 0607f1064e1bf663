import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeError } from '../../server/logger.js';
import { samples, sendSample, trustingVerifier as tokenVerifier, writes } from '../support/dialect-samples.js';
import { describeOnEveryEngine, sqlite } from '../support/engines.js';
import { send, sendGraphql, type TestRequest } from '../support/http.js';
import { type CapturedLog, captureLog } from '../support/log.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('the access log', (engine) => {
  let server: TestServer;
  let log: CapturedLog;

  beforeAll(async () => {
    log = captureLog();
    server = await startServer(engine, { logger: log.logger, tokenVerifier, variables: { CACHE: 'off' } });
  });
  afterAll(() => server.close());

  async function lineOf(path: string, request: TestRequest = {}) {
    const { headers } = await send(server.url + path, request);
    return log.find({ requestId: headers.get('x-request-id'), msg: 'request' });
  }

  const requests = [
    ...samples.map(({ name, read }) => ({ name, request: read, status: 200 })),
    ...writes.map(({ name, write }) => ({ name, request: write, status: write.status })),
  ];

  it.each(requests)(
    'says that $name answered $request.route, who sent it, and what it cost',
    async ({ name, request, status }) => {
      const { headers } = await sendSample(server.url, { ...request, path: `${request.path}?a=b` });
      const [method, route] = request.route.split(' ');
      const line = await log.find({ requestId: headers.get('x-request-id'), msg: 'request' });
      expect(line).toMatchObject({ level: 'info', method, route, path: request.path, dialect: name, status });
      expect(line).toMatchObject({ completed: true, durationMs: expect.any(Number), sqlCount: expect.any(Number) });
      expect(line['sqlCount']).toBeGreaterThan(0);
      if (request.credential === 'apiKey') expect(line['viewer']).toEqual({ kind: 'user', id: 1 });
    },
  );

  it('names the operation of a GraphQL request', async () => {
    const query = 'query Titles { movies(first: 2) { nodes { title } } }';
    const { headers } = await sendGraphql(server.url, query);
    expect(await log.find({ requestId: headers.get('x-request-id'), msg: 'request' })).toMatchObject({
      route: '/graphql',
      dialect: 'graphql',
      operationType: 'query',
      operation: 'Titles',
      viewer: { kind: 'anonymous' },
      sqlCount: 1,
    });
  });

  it('counts the statements of each request for itself, however many run at once', async () => {
    const query = '{ movies(first: 5) { nodes { ratings(first: 2) { nodes { user { name } } } } } }';
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendGraphql(server.url, query)));
    for (const { headers } of answers) {
      expect(await log.find({ requestId: headers.get('x-request-id'), msg: 'request' })).toMatchObject({ sqlCount: 3 });
    }
  });

  it('holds neither the path of a request that no route took, nor any query', async () => {
    const line = await lineOf('/nowhere/at-all?token=canary');
    expect(line).toMatchObject({ route: null, status: 404 });
    expect(JSON.stringify(line)).not.toMatch(/at-all|canary/);
  });

  it('never holds a body or a credential', async () => {
    const secrets = { 'x-api-key': 'canary-key', authorization: 'Bearer canary.token', cookie: 'session=canary' };
    for (const path of ['/graphql', ...requests.map(({ request }) => request.path)]) {
      for (const body of ['{"password":"canary', { query: '{ login(password: "canary") { token } }' }])
        await lineOf(path, { body, headers: secrets });
    }
    expect(log.text()).not.toContain('canary');
  });
});

describe('the id of a request', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(sqlite, { demo: false });
  });
  afterAll(() => server.close());

  const root = '1-67891233-abcdef012345678912345678';
  it.each([
    ['its x-request-id', { 'x-request-id': 'mine-1' }, 'mine-1'],
    ['the root of a load balancer’s trace', { 'x-amzn-trace-id': `Root=${root}` }, root],
    ['that root behind other load balancers', { 'x-amzn-trace-id': `Self=1-0-0;Root=${root};Sampled=1` }, root],
    ['its x-request-id before that', { 'x-request-id': 'mine-2', 'x-amzn-trace-id': `Root=${root}` }, 'mine-2'],
  ])('is %s', async (_name, headers, id) => {
    expect((await send(server.url, { headers })).headers.get('x-request-id')).toBe(id);
  });

  it.each([
    { 'x-request-id': 'x'.repeat(3000) },
    { 'x-request-id': 'a","level":"fatal' },
    { 'x-amzn-trace-id': 'Root=1-"forged"' },
  ])('is a new one when the given one is not well formed', async (headers) => {
    const id = (await send(server.url, { headers })).headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe('an error in the log', () => {
  it('is described without what drivers and parsers keep in properties of their own', () => {
    const driver = Object.assign(new Error('Lost'), { code: 'ER_X', sql: "insert into users values ('secret')" });
    const described = describeError(new Error('No luck', { cause: driver }));
    expect(described).toMatchObject({ type: 'Error', message: 'No luck', cause: { message: 'Lost', code: 'ER_X' } });
    expect(JSON.stringify(described)).not.toContain('secret');
  });

  it('is followed through its causes, though they may go in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(describeError(error)).match(/round/g)?.length).toBeGreaterThan(1);
  });
});
