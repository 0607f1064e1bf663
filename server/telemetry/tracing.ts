import type { RequestTrace } from './request-record.js';

/** What a trace needs to know of a request to begin. */
export interface TraceStart {
  readonly method: string;
  /** `traceparent` of W3C Trace Context, as it came. */
  readonly traceparent: string | undefined;
}

/** Spans that are sent to whoever collects them. */
export interface Tracing {
  beginRequest(start: TraceStart): RequestTrace;
  /** Sends what is left to be sent. */
  flush(): Promise<void>;
  /** Sends it, and nothing more. */
  close(): Promise<void>;
}
