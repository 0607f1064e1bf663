import { checkContract } from './contract-check.js';

/** A response as tests look at it: the body as text and, when it is JSON, parsed. */
export interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // The body is whatever the server sent; assertions say what it should be.
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads arbitrary JSON
  readonly body: any;
}

export interface TestRequest {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** Sent as it is when a string, as JSON otherwise. */
  readonly body?: unknown;
  /** Shorthand for the `x-api-key` header. */
  readonly apiKey?: string;
}

/** The documented keys of the demo users. */
export const keys = { john: 'api_key_john_12345', jane: 'api_key_jane_67890', bob: 'api_key_bob_11111' } as const;

/**
 * Sends one HTTP request. A body is `application/json` unless the headers say otherwise.
 *
 * @throws Error when a dialect's response is none that its contract describes
 */
export async function send(
  url: string,
  { method, headers = {}, body, apiKey }: TestRequest = {},
): Promise<TestResponse> {
  const used = method ?? (body === undefined ? 'GET' : 'POST');
  const response = await fetch(url, {
    method: used,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(apiKey !== undefined && { 'x-api-key': apiKey }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    redirect: 'manual',
  });
  const text = await response.text();
  const header = (name: string) => response.headers.get(name) ?? undefined;
  checkContract({ method: used, url, status: response.status, text, header });
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** Runs a GraphQL operation; the response's body is `{ data, errors }`. */
export function sendGraphql(
  url: string,
  query: string,
  { variables, ...request }: TestRequest & { variables?: Record<string, unknown> } = {},
): Promise<TestResponse> {
  return send(`${url}/graphql`, { ...request, method: 'POST', body: { query, variables } });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
