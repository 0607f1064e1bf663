import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPrometheusMetrics } from '../../server/telemetry/prometheus-metrics.js';
import { statementKindOf } from '../../server/telemetry/statement-kind.js';
import { samples, sendSample, trustingVerifier as tokenVerifier } from '../support/dialect-samples.js';
import { describeOnEveryEngine, sqlite } from '../support/engines.js';
import { send, sendGraphql } from '../support/http.js';
import { findFreePort } from '../support/mysql-server.js';
import { startServer, type TestServer } from '../support/server.js';

describeOnEveryEngine('the metrics port', (engine) => {
  let server: TestServer;
  let metrics: string;

  beforeAll(async () => {
    const port = await findFreePort();
    metrics = `http://127.0.0.1:${port}/metrics`;
    server = await startServer(engine, { variables: { METRICS_PORT: String(port) }, tokenVerifier });
  });
  afterAll(() => server.close());

  /** Waits until this text is among the metrics: a request is counted when it is over, which its client may see first. */
  async function expectMetric(line: string) {
    let text = '';
    for (let attempt = 0; attempt < 100 && !text.split('\n').includes(line); attempt++) {
      await sleep(10);
      ({ text } = await send(metrics));
    }
    expect(text).toContain(`${line}\n`);
  }

  it('counts requests by dialect, route and status, and how long they took', async () => {
    for (let count = 0; count < 3; count++) await sendGraphql(server.url, '{ genres }');
    await send(`${server.url}/graphql`, { method: 'PUT' });
    const graphql = (method: string) => `dialect="graphql",method="${method}",route="/graphql"`;
    await expectMetric(`filmgraph_http_requests_total{${graphql('POST')},status="200"} 3`);
    await expectMetric(`filmgraph_http_requests_total{${graphql('PUT')},status="405"} 1`);
    await expectMetric(`filmgraph_http_request_duration_seconds_count{${graphql('POST')}} 3`);
  });

  it.each(samples)('counts the requests of $name by route and status', async ({ name, read }) => {
    const [method, route] = read.route.split(' ');
    const labels = `dialect="${name}",method="${method}",route="${route}"`;
    for (let count = 0; count < 3; count++) await sendSample(server.url, read);
    await expectMetric(`filmgraph_http_requests_total{${labels},status="200"} 3`);
    await expectMetric(`filmgraph_http_request_duration_seconds_count{${labels}} 3`);
  });

  it('makes no label of what clients invent', async () => {
    await send(`${server.url}/invented/canary`, { method: 'PROPFIND' });
    await expectMetric('filmgraph_http_requests_total{dialect="none",method="other",route="none",status="404"} 1');
    expect((await send(metrics)).text).not.toMatch(/canary|PROPFIND/);
  });

  it('times statements by what they do, and counts those that fail', async () => {
    const register =
      'mutation { register(input: { name: "A", email: "twice@example.org", password: "long enough" }) { token } }';
    expect((await sendGraphql(server.url, register)).body.errors).toBeUndefined();
    expect((await sendGraphql(server.url, register)).body.errors[0].extensions.reason).toBe('emailTaken');
    await expectMetric('filmgraph_sql_statement_failures_total{kind="insert"} 1');
    expect((await send(metrics)).text).toMatch(/filmgraph_sql_statement_duration_seconds_count\{kind="select"\} [1-9]/);
  });

  it('shows the lag of the event loop, and answers Prometheus in its own media type', async () => {
    const { headers, text } = await send(metrics);
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
  });

  it('has nothing else, and the public port has no metrics', async () => {
    expect((await send(metrics.replace('/metrics', '/anything'))).status).toBe(404);
    expect((await send(`${server.url}/metrics`)).status).toBe(404);
  });
});

describe('metrics', () => {
  it('show what caches and limits decided, and what the pool is doing when they are asked', async () => {
    const metrics = createPrometheusMetrics();
    let waiting = 1;
    metrics.watchPool(() => ({ busy: 10, waiting }));
    metrics.countCache('persistedQueries', 'hit');
    metrics.countCache('rest', 'invalidated');
    metrics.countLimit('login', 'refused');
    waiting = 7;
    const text = await metrics.print();
    expect(text).toContain('filmgraph_cache_lookups_total{cache="persistedQueries",outcome="hit"} 1');
    expect(text).toContain('filmgraph_cache_invalidations_total{cache="rest"} 1');
    expect(text).toContain('filmgraph_limit_decisions_total{limit="login",outcome="refused"} 1');
    expect(text).toContain('filmgraph_sql_pool_connections{state="busy"} 10');
    expect(text).toContain('filmgraph_sql_pool_connections{state="waiting"} 7');
  });

  it('are refused a port that is taken, by the name of the variable', async () => {
    const port = await findFreePort();
    const first = await startServer(sqlite, { demo: false, variables: { METRICS_PORT: String(port) } });
    const second = startServer(sqlite, { demo: false, variables: { METRICS_PORT: String(port) } });
    await expect(second).rejects.toThrow('METRICS_PORT: expected a free port');
    await first.close();
  });

  it.each([
    ['select 1', 'select'],
    ['  (select 1) union all (select 2)', 'select'],
    ['with films as (select 1) select * from films', 'select'],
    ['INSERT into a values (1)', 'insert'],
    ['update a set b = 1', 'update'],
    ['delete from a', 'delete'],
    ['pragma user_version', 'other'],
    ['', 'other'],
  ])('take the statement %j as %s', (sql, kind) => {
    expect(statementKindOf(sql)).toBe(kind);
  });
});
