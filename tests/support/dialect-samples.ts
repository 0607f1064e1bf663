import type { TokenVerifier } from '../../server/identity/token-verifier.js';
import { importOfEachDialect } from './dialect-files.js';
import { keys, send, type TestRequest, type TestResponse } from './http.js';

/** A request to a dialect, and how its route table spells where it goes. */
export interface SampleRequest {
  /** Method and path as the route table spells them. */
  readonly route: string;
  /** Good on the demo data. */
  readonly path: string;
  readonly credential?: 'apiKey' | 'bearer';
  readonly body?: unknown;
}

/** What suites over all dialects ask one of them: `sample` of `tests/rest/<dialect>/sample.ts`. */
export interface DialectSample {
  readonly name: string;
  /** Answered with 200, and from the database. */
  readonly read: SampleRequest;
  /** Answered with a status of success, and noted in the audit log as `action`. A dialect may have none. */
  readonly write?: SampleRequest & { readonly status: number; readonly action: string };
  /** Whether its contract has weak ETags. */
  readonly weakEtag?: true;
  /** The body with which it says that it cannot serve now. */
  readonly unavailable: unknown;
}

/** One of each dialect that there is. */
export const samples: readonly DialectSample[] = (await importOfEachDialect<{ sample: DialectSample }>('sample')).map(
  ({ sample }) => sample,
);

/** Samples of those dialects that write. */
export const writes = samples.flatMap(({ name, write }) => (write ? [{ name, write }] : []));

/** Takes every bearer token for that of one program, so that a sample may come with any. */
export const trustingVerifier: TokenVerifier = {
  verify: () => Promise.resolve({ kind: 'service', issuer: 'i', clientId: 'c', scopes: new Set<string>() }),
};

/** Sends a sample; the server must have `trustingVerifier`. */
export function sendSample(
  url: string,
  { route, path, credential, body }: SampleRequest,
  { headers, ...more }: TestRequest = {},
): Promise<TestResponse> {
  return send(url + path, {
    method: route.slice(0, route.indexOf(' ')),
    ...(body !== undefined && { body }),
    ...(credential === 'apiKey' && { apiKey: keys.john }),
    headers: { ...(credential === 'bearer' && { authorization: 'Bearer t' }), ...headers },
    ...more,
  });
}
