import type { ServedRequest } from './request-record.js';

/** What a statement does, by its first word. */
export type StatementKind = 'select' | 'insert' | 'update' | 'delete' | 'other';

/** What a limit decided: it let pass, it refused, or it could not count and so let pass. */
export type LimitOutcome = 'passed' | 'refused' | 'uncounted';

/** What a pool of connections is doing just now. */
export interface PoolState {
  /** Connections that someone works with. */
  readonly busy: number;
  /** How many wait for one. */
  readonly waiting: number;
}

/**
 * What the server counts of itself. Names that are given to it become labels, each of which is kept for good: they must
 * come from a few that the code knows, never from a client.
 */
export interface Metrics {
  /** A request that is over. */
  observeRequest(served: ServedRequest): void;
  observeStatement(kind: StatementKind, outcome: { readonly durationMs: number; readonly failed: boolean }): void;
  /** A look into the cache of this name, or that what it had there was right no more. */
  countCache(cache: string, outcome: 'hit' | 'miss' | 'invalidated'): void;
  /** A request, or an attempt, that met the limit of this name. */
  countLimit(limit: string, outcome: LimitOutcome): void;
  /** Asks for the state of the database's pool whenever someone wants to know. */
  watchPool(read: () => PoolState): void;
}

/** Counts nothing, at no cost. */
export const noMetrics: Metrics = {
  observeRequest: () => {},
  observeStatement: () => {},
  countCache: () => {},
  countLimit: () => {},
  watchPool: () => {},
};
