import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sendSample, writes } from '../support/dialect-samples.js';
import { describeOnEveryEngine, sqlite } from '../support/engines.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { type CapturedLog, captureLog } from '../support/log.js';
import { findFreePort } from '../support/mysql-server.js';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/otlp-receiver.js';
import { startServer, type TestServer } from '../support/server.js';

const caller = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };
const traceparent = `00-${caller.traceId}-${caller.spanId}-01`;

describeOnEveryEngine('a trace', (engine) => {
  let receiver: OtlpReceiver;
  let server: TestServer;
  let log: CapturedLog;

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    log = captureLog();
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    server = await startServer(engine, { variables, logger: log.logger });
  });
  afterAll(async () => {
    await server.close();
    await receiver.close();
  });

  /** The spans of a trace, once that of the request has come: it ends after the client has its answer. */
  async function spansOf(traceId: string): Promise<ReceivedSpan[]> {
    for (let attempt = 0; attempt < 100; attempt++) {
      await server.app.flush();
      const spans = receiver.spans.filter((span) => span.traceId === traceId);
      if (spans.some(({ kind }) => kind === serverKind)) return spans;
      await sleep(10);
    }
    throw new Error(`No span of a request in the trace ${traceId}.`);
  }

  async function traceIdOf(requestId: string | null): Promise<string> {
    return String((await log.find({ requestId, msg: 'request' }))['traceId']);
  }

  it('joins a GraphQL request from HTTP to SQL, and is a part of its caller’s', async () => {
    const query = 'query Titles { movies(first: 2) { nodes { title ratings(first: 1) { nodes { user { name } } } } } }';
    await sendGraphql(server.url, query, { headers: { traceparent }, apiKey: keys.jane });
    const spans = await spansOf(caller.traceId);

    const request = spans.find(({ name }) => name === 'POST /graphql');
    const operation = spans.find(({ name }) => name === 'query Titles');
    const statements = spans.filter(({ name }) => name === 'SQL SELECT');
    expect(spans).toHaveLength(2 + statements.length);
    expect(request).toMatchObject({ kind: serverKind, parentSpanId: caller.spanId });
    expect(operation).toMatchObject({ parentSpanId: request?.spanId });
    // The key is looked up before there is an operation; films, ratings and people are the operation's.
    expect(statements.map(({ parentSpanId }) => parentSpanId)).toEqual([
      request?.spanId,
      operation?.spanId,
      operation?.spanId,
      operation?.spanId,
    ]);
    for (const span of spans) expect(isWithin(span, request)).toBe(true);
    expect(attributesOf(request)).toMatchObject({
      'http.route': '/graphql',
      'http.response.status_code': { intValue: 200 },
      'filmgraph.dialect': { stringValue: 'graphql' },
    });
  });

  it.each(writes)('has a request of $name with its statements, and its id is in the log', async ({ write }) => {
    const { headers } = await sendSample(server.url, write);
    const spans = await spansOf(await traceIdOf(headers.get('x-request-id')));
    const request = spans.find(({ kind }) => kind === serverKind);
    expect(request).toMatchObject({ name: write.route });
    expect(request?.parentSpanId ?? '').toBe('');
    expect(spans.map(({ name }) => name)).toContain('SQL INSERT');
  });

  it('shows what failed', async () => {
    const { headers } = await sendGraphql(
      server.url,
      'mutation Rate { rateMovie(input: {movieId: "1", score: 1}) { created } }',
    );
    const spans = await spansOf(await traceIdOf(headers.get('x-request-id')));
    expect(spans.find(({ name }) => name === 'mutation Rate')?.status).toMatchObject({ code: failed });
  });

  it('holds no value of a request', async () => {
    const register =
      'mutation R { register(input: { name: "canary", email: "canary@example.org", password: "canary-word" }) { token } }';
    const { body, headers } = await sendGraphql(server.url, register, { headers: { cookie: 'a=canary' } });
    await spansOf(await traceIdOf(headers.get('x-request-id')));
    expect(receiver.text()).toContain('mutation R');
    expect(receiver.text()).not.toContain('canary');
    expect(receiver.text()).not.toContain(body.data.register.token);
  });

  it('is not begun when the caller’s is not sampled', async () => {
    const unsampled = '4bf92f3577b34da6a3ce929d0e0e4736';
    await send(server.url, { headers: { traceparent: `00-${unsampled}-${caller.spanId}-00` } });
    const { headers } = await send(server.url);
    await spansOf(await traceIdOf(headers.get('x-request-id')));
    expect(receiver.text()).not.toContain(unsampled);
  });
});

describe('a collector that is away', () => {
  it('costs no request anything, and is a warning in the log', async () => {
    const log = captureLog();
    const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await findFreePort()}` };
    const server = await startServer(sqlite, { variables, logger: log.logger });
    expect((await send(server.url)).status).toBe(200);
    await server.close();
    expect(log.text()).toContain('"level":"warn"');
  });
});

const serverKind = 2;
/** OTLP's STATUS_CODE_ERROR. */
const failed = 2;

function isWithin(span: ReceivedSpan, outer: ReceivedSpan | undefined): boolean {
  if (!outer) return false;
  const [begin, end] = [BigInt(span.startTimeUnixNano), BigInt(span.endTimeUnixNano)];
  // Clocks of spans are read one after the other, to the microsecond.
  const slack = 1_000_000n;
  return (
    begin <= end && begin + slack >= BigInt(outer.startTimeUnixNano) && end <= BigInt(outer.endTimeUnixNano) + slack
  );
}

function attributesOf(span: ReceivedSpan | undefined): Record<string, unknown> {
  return Object.fromEntries(
    (span?.attributes ?? []).map(({ key, value }) => [key, key === 'http.route' ? value['stringValue'] : value]),
  );
}
