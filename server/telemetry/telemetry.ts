import type { LogEvent } from 'kysely';
import type { TelemetryConfig } from '../config/telemetry.js';
import { ConfigError } from '../config/variables.js';
import type { Logger } from '../logger.js';
import { type Metrics, noMetrics } from './metrics.js';
import { currentRecord, type RequestTrace, type ServedRequest } from './request-record.js';
import { statementKindOf } from './statement-kind.js';
import type { TraceStart, Tracing } from './tracing.js';

/** Everything that the server notes of itself; what nobody asked for costs nothing. */
export interface Telemetry {
  readonly metrics: Metrics;
  /** Told of each request that begins. */
  readonly beginTrace: ((start: TraceStart) => RequestTrace) | undefined;
  /** Told of each request that is over. */
  readonly observeRequest: (served: ServedRequest) => void;
  /** Told of each SQL statement, where it runs. */
  readonly observeStatement: (event: LogEvent) => void;
  /** Sends what is left to be sent. */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** @throws ConfigError when the port for metrics cannot be listened on */
export async function openTelemetry(config: TelemetryConfig, logger: Logger): Promise<Telemetry> {
  const { metrics, close } = await openMetrics(config.metrics);
  const tracing = await openTraces(config.traces, logger);
  return {
    metrics,
    beginTrace: tracing && ((start) => tracing.beginRequest(start)),
    observeRequest: (served) => {
      metrics.observeRequest(served);
      served.record.trace?.end(served);
    },
    observeStatement: (event) => {
      const record = currentRecord();
      if (record) {
        record.statements++;
        record.trace?.addStatement(event);
      }
      if (metrics !== noMetrics) observeStatement(metrics, event);
    },
    flush: async () => tracing?.flush(),
    close: async () => {
      await tracing?.close();
      await close();
    },
  };
}

function observeStatement(metrics: Metrics, { query, level, queryDurationMillis: durationMs }: LogEvent): void {
  metrics.observeStatement(statementKindOf(query.sql), { durationMs, failed: level === 'error' });
}

/** OpenTelemetry is loaded by those who use it: it takes longer than the rest of the server's start. */
async function openTraces(config: TelemetryConfig['traces'], logger: Logger): Promise<Tracing | undefined> {
  if (!config) return undefined;
  const { openTracing } = await import('./otlp-tracing.js');
  return openTracing(config, logger);
}

async function openMetrics(
  address: TelemetryConfig['metrics'],
): Promise<{ metrics: Metrics; close: () => Promise<void> }> {
  if (!address) return { metrics: noMetrics, close: async () => {} };
  const { createPrometheusMetrics } = await import('./prometheus-metrics.js');
  const { serveMetrics } = await import('./metrics-server.js');
  const metrics = createPrometheusMetrics();
  try {
    const server = await serveMetrics(metrics, address);
    return { metrics, close: () => server.close() };
  } catch {
    throw new ConfigError('METRICS_PORT', `a free port of ${address.host}, but ${address.port} cannot be listened on`);
  }
}
