import type { LogEvent } from 'kysely';
import { ConfigError, type TelemetryConfig } from '../config.js';
import { type Metrics, noMetrics } from './metrics.js';
import { serveMetrics } from './metrics-server.js';
import { createPrometheusMetrics } from './prometheus-metrics.js';
import { currentRecord, type ServedRequest } from './request-record.js';
import { statementKindOf } from './statement-kind.js';

/** Everything that the server notes of itself; what nobody asked for costs nothing. */
export interface Telemetry {
  readonly metrics: Metrics;
  /** Told of each request that is over. */
  readonly observeRequest: (served: ServedRequest) => void;
  /** Told of each SQL statement, where it runs. */
  readonly observeStatement: (event: LogEvent) => void;
  close(): Promise<void>;
}

/** @throws ConfigError when the port for metrics cannot be listened on */
export async function openTelemetry(config: TelemetryConfig): Promise<Telemetry> {
  const { metrics, close } = await openMetrics(config.metrics);
  return {
    metrics,
    observeRequest: (served) => metrics.observeRequest(served),
    observeStatement: (event) => {
      const record = currentRecord();
      if (record) record.statements++;
      if (metrics !== noMetrics) observeStatement(metrics, event);
    },
    close,
  };
}

function observeStatement(metrics: Metrics, { query, level, queryDurationMillis: durationMs }: LogEvent): void {
  metrics.observeStatement(statementKindOf(query.sql), { durationMs, failed: level === 'error' });
}

async function openMetrics(
  address: TelemetryConfig['metrics'],
): Promise<{ metrics: Metrics; close: () => Promise<void> }> {
  if (!address) return { metrics: noMetrics, close: async () => {} };
  const metrics = createPrometheusMetrics();
  try {
    const server = await serveMetrics(metrics, address);
    return { metrics, close: () => server.close() };
  } catch {
    throw new ConfigError('METRICS_PORT', `a free port of ${address.host}, but ${address.port} cannot be listened on`);
  }
}
