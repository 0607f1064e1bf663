import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Metrics, PoolState } from './metrics.js';
import type { ServedRequest } from './request-record.js';

/** Upper bounds in seconds: most answers take a few milliseconds, and a second is what a client still bears. */
const requestBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
const statementBuckets = [0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5];

/** Metrics that can be shown as Prometheus text. */
export interface PrometheusMetrics extends Metrics {
  /** The media type of `print`. */
  readonly contentType: string;
  print(): Promise<string>;
}

/** Counts for Prometheus, Node's own numbers (event-loop lag, memory, garbage collection) included. */
export function createPrometheusMetrics(): PrometheusMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    ...countRequests(registry),
    ...countDatabase(registry),
    ...countDecisions(registry),
    contentType: registry.contentType,
    print: () => registry.metrics(),
  };
}

function countRequests(registry: Registry): Pick<Metrics, 'observeRequest'> {
  const registers = [registry];
  const requests = new Counter({
    name: 'filmgraph_http_requests_total',
    help: 'Requests that are over. Status 499: the client was gone before the end of the response.',
    labelNames: ['dialect', 'method', 'route', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'filmgraph_http_request_duration_seconds',
    help: 'From the arrival of a request to the end of its response.',
    labelNames: ['dialect', 'method', 'route'],
    buckets: requestBuckets,
    registers,
  });
  return {
    observeRequest: (served) => {
      const labels = labelsOf(served);
      requests.inc({ ...labels, status: served.completed ? served.status : clientGone });
      durations.observe(labels, served.durationMs / 1000);
    },
  };
}

/** As nginx calls it; no status of ours. */
const clientGone = 499;
/** Any other method is a client's invention, and would be a label for good. */
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function labelsOf({ record, method, route }: ServedRequest): { dialect: string; method: string; route: string } {
  return { dialect: record.door ?? 'none', method: methods.has(method) ? method : 'other', route: route ?? 'none' };
}

function countDatabase(registry: Registry): Pick<Metrics, 'observeStatement' | 'watchPool'> {
  const registers = [registry];
  const durations = new Histogram({
    name: 'filmgraph_sql_statement_duration_seconds',
    help: 'SQL statements by what they do, those that begin and end transactions included.',
    labelNames: ['kind'],
    buckets: statementBuckets,
    registers,
  });
  const failures = new Counter({
    name: 'filmgraph_sql_statement_failures_total',
    help: 'SQL statements that failed; a refused duplicate is one.',
    labelNames: ['kind'],
    registers,
  });
  return {
    observeStatement: (kind, { durationMs, failed }) => {
      durations.observe({ kind }, durationMs / 1000);
      if (failed) failures.inc({ kind });
    },
    watchPool: (read) => watchPool(registry, read),
  };
}

function watchPool(registry: Registry, read: () => PoolState): void {
  const gauge = new Gauge({
    name: 'filmgraph_sql_pool_connections',
    help: 'Connections of the pool that someone works with (busy), and requests that wait for one, or behind another on one (waiting).',
    labelNames: ['state'],
    registers: [],
    collect() {
      const { busy, waiting } = read();
      this.set({ state: 'busy' }, busy);
      this.set({ state: 'waiting' }, waiting);
    },
  });
  registry.registerMetric(gauge);
}

function countDecisions(registry: Registry): Pick<Metrics, 'countCache' | 'countLimit'> {
  const registers = [registry];
  const caches = new Counter({
    name: 'filmgraph_cache_lookups_total',
    help: 'Looks into caches, and whether they had it.',
    labelNames: ['cache', 'outcome'],
    registers,
  });
  const invalidations = new Counter({
    name: 'filmgraph_cache_invalidations_total',
    help: 'What caches had kept, and was right no more when it was asked for.',
    labelNames: ['cache'],
    registers,
  });
  const limits = new Counter({
    name: 'filmgraph_limit_decisions_total',
    help: 'What limits decided: passed, refused, or uncounted because the count could not be kept.',
    labelNames: ['limit', 'outcome'],
    registers,
  });
  return {
    countCache: (cache, outcome) =>
      outcome === 'invalidated' ? invalidations.inc({ cache }) : caches.inc({ cache, outcome }),
    countLimit: (limit, outcome) => limits.inc({ limit, outcome }),
  };
}
