import { request as open } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { checkContract } from './contract-check.js';

/** A request as it goes over the wire: nothing is added but `host`, `content-type` for a body, and its length. */
export interface WireRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Shorthand for the `x-api-key` header. */
  readonly apiKey?: string;
  /** Strings and buffers as they are, anything else as JSON. */
  readonly body?: unknown;
}

/** A response as it came; names of headers in lower case. */
export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/**
 * Sends exactly this request, where `fetch` would add headers of its own and refuse some combinations.
 *
 * @throws Error when a dialect's response is none that its contract describes
 */
export async function exchange(
  url: string,
  { method = 'GET', path, headers = {}, apiKey, body }: WireRequest,
): Promise<WireResponse> {
  const content = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const sent = {
    ...(content !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(content)),
    }),
    ...(apiKey !== undefined && { 'x-api-key': apiKey }),
    ...headers,
  };
  const response = await new Promise<WireResponse>((resolve, reject) => {
    const outgoing = open(url + path, { method, headers: sent, agent: false }, (incoming) => {
      const { statusCode: status = 0, headers: received } = incoming;
      readText(incoming).then((text) => resolve({ status, headers: received, text }), reject);
    });
    outgoing.once('error', reject);
    outgoing.end(content);
  });
  const header = (name: string) => response.headers[name.toLowerCase()]?.toString();
  checkContract({ ...response, method, url: url + path, header });
  return response;
}
