import type { RequestHandler, Router } from 'express';
import type { DialectSettings } from '../../config/dialects.js';
import type { PlainHandler } from '../../http/plain-handler.js';
import type { ReadHandler } from '../../http/read-lane.js';
import type { Logger } from '../../logger.js';
import type { Scopes } from '../../request-scope.js';
import type { Answers } from './answers.js';

/** A documented REST API of an older system, as the server mounts it; `server/rest/index.ts` lists them all. */
export interface Dialect {
  /** How `DIALECTS` and the variables of its own call it: lower-case letters. */
  readonly name: string;
  /** What people call it. */
  readonly title: string;
  /** A path to begin with, for those who look around. */
  readonly entry: string;
  /** Every path it owns, with what is below it; of one that ends in `/` only that. The longest that matches decides. */
  readonly prefixes: readonly string[];
  /** A read for those who try a bearer token, where it takes any; what `npm run token` prints. */
  readonly bearerExample?: { readonly path: string; readonly about: string };
  /** Its contract: the `openapi.json` that `npm run build` makes of the `openapi.yaml` in its folder. */
  readonly contract: URL;
  createRouter(parts: DialectParts): Router;
  /** How its router refuses, for requests that are refused before they come to it. */
  refusals(settings: DialectSettings): DialectRefusals;
}

/** What a dialect's router does with a request that it cannot serve. */
export interface DialectRefusals {
  /** What the request passes first, as in the router; it must pass it on at once. */
  readonly before: readonly PlainHandler[];
  /** The words of the refusal. */
  readonly answers: Answers;
}

/** What a dialect is built from. */
export interface DialectParts {
  readonly scopes: Scopes;
  readonly logger: Logger;
  readonly settings: DialectSettings;
  /** Whether session cookies travel over HTTPS only. */
  readonly secureCookies: boolean;
  /** Comes first in every path of the dialect, so that it answers for what every protocol refuses: limits, repeated keys. */
  readonly gate: readonly RequestHandler[];
  /** Notes a route that only reads, so that most requests for it need not come to the router. */
  readonly addRead: (read: DialectRead) => void;
  /**
   * Comes first in every route that writes for anyone who asks, because its contract says so: an address may do that only
   * so often. Fails with RateLimitedError. Lets everything pass once `settings.openWrites` is off.
   */
  readonly limitOpenWrites: RequestHandler;
}

/** A route of a dialect that only reads; the router has it too, with the same handlers around the same gate. */
export interface DialectRead {
  readonly path: string;
  /** What a request passes before the gate, */
  readonly before?: readonly PlainHandler[];
  /** and what after it. */
  readonly after?: readonly PlainHandler[];
  readonly handler: ReadHandler<never>;
}
