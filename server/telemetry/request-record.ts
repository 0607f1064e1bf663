import type { LogEvent } from 'kysely';
import { currentRequest, type RequestContext } from '../domain/request-context.js';
import { anonymous } from '../domain/viewer.js';

/** The GraphQL operation that a request runs. */
export interface OperationFacts {
  readonly type: 'query' | 'mutation' | 'subscription';
  /** As the client calls it; undefined when it does not. */
  readonly name: string | undefined;
}

/** What is noted of a request while it is served. */
export interface RequestRecord extends RequestContext {
  operation: OperationFacts | undefined;
  /** SQL statements so far, those that begin and end transactions included. */
  statements: number;
  /** Undefined when nobody collects traces. */
  trace: RequestTrace | undefined;
}

/** The spans of one request: its own, its GraphQL operation's in that, and its statements' in whichever is the inner one. */
export interface RequestTrace {
  /** 32 hex digits. */
  readonly traceId: string;
  beginOperation(operation: OperationFacts): void;
  endOperation(failed: boolean): void;
  /** A statement that just ended. */
  addStatement(event: LogEvent): void;
  end(served: ServedRequest): void;
}

/** A request whose response is done, or whose client is gone. */
export interface ServedRequest {
  readonly record: RequestRecord;
  readonly method: string;
  /** The path as the route table spells it; undefined when no route took the request. */
  readonly route: string | undefined;
  /** The path as it was asked for, without its query. */
  readonly path: string;
  readonly status: number;
  /** Whether the response was sent to its end. */
  readonly completed: boolean;
  readonly durationMs: number;
}

export function createRequestRecord(requestId: string): RequestRecord {
  return {
    requestId,
    door: undefined,
    viewer: anonymous,
    changes: [],
    operation: undefined,
    statements: 0,
    trace: undefined,
  };
}

/** The record of the request that the caller is a part of. */
export function currentRecord(): RequestRecord | undefined {
  return currentRequest() as RequestRecord | undefined; // observeRequests begins every request, and with a record
}
