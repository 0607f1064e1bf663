import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApp, dialectNames } from '../../server/app.js';
import { readConfig } from '../../server/config.js';
import { createHttpServer } from '../../server/http/http-server.js';
import {
  type DialectSample,
  samples,
  sendSample,
  trustingVerifier as tokenVerifier,
} from '../support/dialect-samples.js';
import { sqlite } from '../support/engines.js';
import { send, sendGraphql, type TestRequest, type TestResponse } from '../support/http.js';
import { type CapturedLog, captureLog } from '../support/log.js';
import { findFreePort } from '../support/mysql-server.js';
import { startServer, type TestServer } from '../support/server.js';

const page = 'https://page.example';
/** Whatever a dialect can say in a header, it says. */
const talkative = Object.fromEntries(
  samples.flatMap(({ name }) => [
    [`${name.toUpperCase()}_ORIGINS`, page],
    [`${name.toUpperCase()}_DEPRECATED_SINCE`, '2026-01-01'],
    [`${name.toUpperCase()}_SUNSET`, '2027-01-01'],
    [`${name.toUpperCase()}_MIGRATION_GUIDE`, 'https://guide.example/'],
  ]),
);
const variables = { ...talkative, CORS_ORIGINS: page, RATE_LIMIT: 'off' };

/** A load that a test says: too much for any request, or none. */
const load = {
  tooMuch: true,
  requests: 0,
  lastingLateMs: Number.POSITIVE_INFINITY,
  least: 0,
  get lateMs() {
    return this.tooMuch ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  },
};
const calmly = async <T>(work: () => Promise<T>): Promise<T> => {
  load.tooMuch = false;
  return work().finally(() => {
    load.tooMuch = true;
  });
};

let server: TestServer;
let log: CapturedLog;
let metrics: string;
beforeAll(async () => {
  log = captureLog();
  const port = await findFreePort();
  metrics = `http://127.0.0.1:${port}/metrics`;
  const all = { ...variables, METRICS_PORT: String(port) };
  server = await startServer(sqlite, { load, tokenVerifier, logger: log.logger, variables: all });
});
afterAll(() => server.close());

/** Everything of a response but what each has for itself. */
function lookOf({ status, headers, text }: TestResponse) {
  const own = new Set(['date', 'x-request-id', 'connection', 'keep-alive']);
  return { status, text, headers: Object.fromEntries([...headers].filter(([name]) => !own.has(name))) };
}

describe('a process with too much to do', () => {
  let away: { url: string; close: () => Promise<void> };
  beforeAll(async () => {
    away = await serveWithoutDatabase();
  });
  afterAll(() => away.close());

  const requests: readonly TestRequest[] = [
    {},
    { method: 'HEAD' },
    { headers: { origin: page } },
    { headers: { accept: 'text/html' } },
  ];
  const refused = samples.flatMap((sample) => requests.map((request) => ({ ...sample, request })));

  it.each(refused)('refuses $name as one whose database is away: $request', async ({ read, request, ...sample }) => {
    const answer = await sendSample(server.url, read, request);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.headers.get('x-request-id')).toEqual(expect.any(String));
    if (request.method !== 'HEAD') expect(answer.body).toEqual(sample.unavailable);
    if (request.headers?.['accept']) return; // a dialect would say that it has no HTML
    expect(lookOf(answer)).toEqual(lookOf(await sendSample(away.url, read, request)));
  });

  it('refuses GraphQL in its own words, to pages too', async () => {
    const answer = await sendGraphql(server.url, '{ genres }', { headers: { origin: page } });
    expect(answer.text).toBe(
      '{"errors":[{"message":"The service cannot answer this right now. Try again later.","extensions":{"code":"UNAVAILABLE"}}]}',
    );
    expect(lookOf(answer)).toMatchObject({
      status: 503,
      headers: {
        'retry-after': '5',
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'private, no-store',
        vary: 'accept, x-api-key, authorization, cookie, Origin',
        'access-control-allow-origin': page,
        'x-content-type-options': 'nosniff',
      },
    });
  });

  it('refuses a query by GET before anything looks at it as the router would', async () => {
    const path = `${server.url}/graphql?query={genres}`;
    const before = await send(path, { headers: { accept: 'application/json' } });
    const inside = await send(path, { headers: { accept: 'application/json, text/html;q=0.1' } });
    expect(before.status).toBe(503);
    expect(lookOf(before)).toEqual(lookOf(inside));
  });

  it.each(['/health', '/ready', '/', '/openapi.json', '/docs'])('answers %s', async (path) => {
    expect((await send(server.url + path)).status).toBe(200);
  });

  it('shows the playground to people', async () => {
    const { status, headers } = await send(`${server.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([status, headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')]);
  });

  it.each(samples)('answers the preflights of $name', async ({ read }) => {
    const headers = { origin: page, 'access-control-request-method': 'GET' };
    const ask = () => send(server.url + read.path, { method: 'OPTIONS', headers });
    const calm = lookOf(await calmly(ask));
    const busy = lookOf(await ask());
    // To those that know no preflights it is a request like any other.
    if (calm.status < 300) expect(busy).toEqual(calm);
    else expect(busy.status).toBe(503);
  });

  it.each(samples)('tells pages that $name never answers that it does not', async ({ read }) => {
    const ask = () => sendSample(server.url, read, { headers: { origin: 'https://other.example' } });
    const calm = lookOf(await calmly(ask));
    const busy = lookOf(await ask());
    if (calm.status < 300) expect(busy.status).toBe(503);
    else expect(busy).toEqual(calm);
  });

  it('waits for no body', async () => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    socket.write(
      'POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"query"',
    );
    expect(String(await once(socket, 'data'))).toMatch(/^HTTP\/1\.1 503 /);
    socket.destroy();
  });

  it.each(samples)('logs and counts what it refuses of $name', async ({ name, read }) => {
    const before = await readCount(name);
    const { headers } = await sendSample(server.url, read);
    const line = await log.find({ requestId: headers.get('x-request-id'), msg: 'request' });
    expect(line).toMatchObject({ level: 'info', dialect: name, status: 503, route: null, sqlCount: 0 });
    expect(await readCount(name)).toBe(before + 1);
    expect(await readUsage(name)).toBeGreaterThan(0);
    await log.find({ level: 'warn', msg: 'more requests than can be served' });
  });

  it.each(samples)('answers $name again when it has less to do', async ({ read }: DialectSample) => {
    expect((await calmly(() => sendSample(server.url, read))).status).toBe(200);
    expect((await sendSample(server.url, read)).status).toBe(503);
  });
});

/** How many requests of a dialect were refused: by the metrics, which count them when they are over. */
async function readCount(dialect: string): Promise<number> {
  await sleep(20);
  const { text } = await send(metrics);
  const series = `filmgraph_http_requests_total{dialect="${dialect}",method="GET",route="none",status="503"} `;
  const line = text.split('\n').find((candidate) => candidate.startsWith(series));
  return Number(line?.slice(series.length) ?? 0);
}

/** How often a dialect was called without a route, by what is counted for its retirement. */
async function readUsage(dialect: string): Promise<number> {
  await server.app.flush();
  const rows = await server.app.database.sql
    .selectFrom('dialect_calls')
    .select('calls')
    .where('dialect', '=', dialect)
    .where('route', '=', 'unknown')
    .execute();
  return rows.reduce((sum, { calls }) => sum + Number(calls), 0);
}

async function serveWithoutDatabase() {
  const nowhere = `mysql://nobody:nothing@127.0.0.1:${await findFreePort()}/none`;
  const config = readConfig(
    { NODE_ENV: 'test', LOG_LEVEL: 'silent', ...variables, DATABASE_URL: nowhere },
    dialectNames,
  );
  const app = await createApp(config, captureLog().logger, { tokenVerifier });
  const http = createHttpServer(app.handler);
  const port = await findFreePort();
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve));
  const close = async () => {
    http.closeAllConnections();
    http.close();
    await app.close();
  };
  return { url: `http://127.0.0.1:${port}`, close };
}
