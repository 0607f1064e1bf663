import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { LogEvent } from 'kysely';
import type { OperationFacts, RequestTrace, ServedRequest } from './request-record.js';
import { statementKindOf } from './statement-kind.js';

/** Characters of a statement that a span has; its values are parameters, and in none. */
const maxStatementLength = 2_000;

/** A request's spans in OpenTelemetry's semantic conventions. */
export class OtlpRequestTrace implements RequestTrace {
  readonly traceId: string;
  readonly #tracer: Tracer;
  readonly #request: Span;
  #operation: Span | undefined;

  /** @param request the span of the request, just begun */
  constructor(tracer: Tracer, request: Span) {
    this.#tracer = tracer;
    this.#request = request;
    this.traceId = request.spanContext().traceId;
  }

  beginOperation({ type, name }: OperationFacts): void {
    const attributes = {
      'graphql.operation.type': type,
      ...(name !== undefined && { 'graphql.operation.name': name }),
    };
    const title = name === undefined ? type : `${type} ${name}`;
    this.#operation = this.#tracer.startSpan(title, { attributes }, trace.setSpan(ROOT_CONTEXT, this.#request));
  }

  endOperation(failed: boolean): void {
    if (failed) this.#operation?.setStatus({ code: SpanStatusCode.ERROR });
    this.#operation?.end();
    this.#operation = undefined;
  }

  addStatement({ query, level, queryDurationMillis }: LogEvent): void {
    const parent = this.#operation ?? this.#request;
    if (!parent.isRecording()) return;
    const operation = statementKindOf(query.sql).toUpperCase();
    const endTime = performance.timeOrigin + performance.now();
    const span = this.#tracer.startSpan(
      `SQL ${operation}`,
      {
        kind: SpanKind.CLIENT,
        startTime: endTime - queryDurationMillis,
        attributes: { 'db.operation.name': operation, 'db.query.text': query.sql.slice(0, maxStatementLength) },
      },
      trace.setSpan(ROOT_CONTEXT, parent),
    );
    if (level === 'error') span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
  }

  end({ record, method, route, path, status, completed }: ServedRequest): void {
    this.endOperation(false);
    const { requestId, door, viewer } = record;
    this.#request.updateName(route === undefined ? method : `${method} ${route}`);
    this.#request.setAttributes({
      'http.response.status_code': status,
      'filmgraph.request_id': requestId,
      'filmgraph.viewer': viewer.kind,
      ...(route !== undefined && { 'http.route': route, 'url.path': path }),
      ...(door !== undefined && { 'filmgraph.dialect': door }),
    });
    if (status >= 500 || !completed) this.#request.setStatus({ code: SpanStatusCode.ERROR });
    this.#request.end();
  }
}
