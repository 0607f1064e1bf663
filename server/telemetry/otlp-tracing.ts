import { type Context, DiagLogLevel, diag, ROOT_CONTEXT, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { TracesConfig } from '../config/telemetry.js';
import type { Logger } from '../logger.js';
import { OtlpRequestTrace } from './otlp-request-trace.js';
import type { Tracing } from './tracing.js';

/** How long an export, and so the end of the server, may wait for the collector. */
const exportTimeoutMs = 3_000;
const ignore = () => {};
/** Characters of the exporter's complaints that are logged. */
const maxComplaintLength = 300;

/**
 * Sends spans as OTLP over HTTP, some seconds later and many at once. What does not reach the collector is dropped and
 * logged as a warning: no request waits for it.
 */
export function openTracing({ url, serviceName, sampleRatio }: TracesConfig, logger: Logger): Tracing {
  const warn = (complaint: string) => logger.warn({ complaint: complaint.slice(0, maxComplaintLength) }, 'tracing');
  diag.setLogger(
    { error: warn, warn, info: ignore, debug: ignore, verbose: ignore },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: exportTimeoutMs });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) }),
    spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: exportTimeoutMs })],
  });
  const tracer = provider.getTracer('filmgraph');
  return {
    beginRequest: (start) => new OtlpRequestTrace(tracer, beginSpan(tracer, start)),
    flush: () => provider.forceFlush(),
    close: () => provider.shutdown().catch((err: unknown) => logger.warn({ err }, 'the last spans were not sent')),
  };
}

function beginSpan(tracer: Tracer, { method, traceparent }: { method: string; traceparent: string | undefined }) {
  return tracer.startSpan(
    method,
    { kind: SpanKind.SERVER, attributes: { 'http.request.method': method } },
    parentOf(traceparent),
  );
}

/** The caller's span, when it named one. */
function parentOf(traceparent: string | undefined): Context {
  const parent = traceparent === undefined ? null : parseTraceParent(traceparent);
  return parent ? trace.setSpanContext(ROOT_CONTEXT, { ...parent, isRemote: true }) : ROOT_CONTEXT;
}
