/** What is counted: calls of a route of a dialect, by someone, on a day. */
export interface DialectCall {
  /** UTC, as `2026-11-25`. */
  readonly day: string;
  readonly dialect: string;
  /** Method and template of the path; of paths that the dialect does not have, `unknown`. */
  readonly route: string;
  /** As `callerOf` writes it. */
  readonly caller: string;
}

/** How often that was. */
export interface CountedCall extends DialectCall {
  readonly calls: number;
}

/** Which counts to read; days are UTC, as `2026-11-25`, and both included. */
export interface DialectUsageFilter {
  readonly dialect: string | null;
  readonly from: string | null;
  readonly to: string | null;
}

/** How often someone used a route of a dialect, all days of a filter together. */
export interface DialectUsageRow {
  readonly dialect: string;
  readonly route: string;
  readonly caller: string;
  readonly calls: number;
  readonly firstDay: string;
  readonly lastDay: string;
}
