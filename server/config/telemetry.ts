import { ConfigError, readHost, readPort, readRatio, readText, type Variables } from './variables.js';

/** What the server tells about itself beside its log. */
export interface TelemetryConfig {
  /** Where Prometheus may ask for metrics; undefined: nowhere, and nothing is counted. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Undefined: nothing is traced. */
  readonly traces: TracesConfig | undefined;
}

/** Where spans are sent to, and which. */
export interface TracesConfig {
  /** Takes OTLP over HTTP. */
  readonly url: string;
  readonly serviceName: string;
  /** Of requests that are no part of a trace yet, how many begin one: 0 to 1. */
  readonly sampleRatio: number;
}

/** What a process is told to tell. @throws ConfigError */
export function readTelemetry(variables: Variables): TelemetryConfig {
  const metrics = readText(variables, 'METRICS_PORT') !== undefined;
  return {
    metrics: metrics
      ? { host: readHost(variables, 'METRICS_HOST', '127.0.0.1'), port: readPort(variables, 'METRICS_PORT') }
      : undefined,
    traces: readTraces(variables),
  };
}

/** The names are OpenTelemetry's; its exporter reads OTEL_EXPORTER_OTLP_HEADERS itself. */
function readTraces(variables: Variables): TracesConfig | undefined {
  const endpoint = readText(variables, 'OTEL_EXPORTER_OTLP_ENDPOINT');
  if (endpoint === undefined) return undefined;
  if (!/^https?:/.test(endpoint) || !URL.canParse(endpoint)) {
    throw new ConfigError('OTEL_EXPORTER_OTLP_ENDPOINT', 'the URL of an OTLP receiver, like http://127.0.0.1:4318');
  }
  return {
    url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
    serviceName: readText(variables, 'OTEL_SERVICE_NAME') ?? 'filmgraph',
    sampleRatio: readRatio(variables, 'OTEL_TRACES_SAMPLER_ARG', '1'),
  };
}
