import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditedChange } from './audit-log/audit-entry.types.js';
import type { Viewer } from './viewer.js';

/**
 * What is known of the request that is being served, wherever in the code that is. For telling on whose behalf something
 * happened, never for deciding whether it may: services are given their viewer.
 */
export interface RequestContext {
  /** As the response says it in `x-request-id`. */
  readonly requestId: string;
  /** The protocol that it came in by: `graphql`, or a dialect's name; undefined until one takes it. */
  door: string | undefined;
  /** Who asks, as far as is known by now. */
  viewer: Viewer;
  /** What it has changed, as the audit log has it. */
  readonly changes: AuditedChange[];
}

const requests = new AsyncLocalStorage<RequestContext>();

/** Runs `work`, and whatever it leaves running, as a part of this request. */
export function runInRequest<T>(context: RequestContext, work: () => T): T {
  return requests.run(context, work);
}

/** The request that the caller is a part of; undefined outside of any: a command, a timer. */
export function currentRequest(): RequestContext | undefined {
  return requests.getStore();
}

/** Notes who asks, once that is known. @returns the viewer */
export function noteViewer<V extends Viewer>(viewer: V): V {
  const request = requests.getStore();
  if (request) request.viewer = viewer;
  return viewer;
}

/** Notes what the request has changed, once that is committed. */
export function noteChanges(changes: readonly AuditedChange[]): void {
  requests.getStore()?.changes.push(...changes);
}
