import type { BaseContext } from '@apollo/server';
import type { Compiler } from '../executor/executor.js';
import { bufferBody } from './buffer-body.js';
import { weakEtagOf } from './conditional.js';
import { hasCredential } from './credentials.js';
import type { KnownDocuments } from './graphql-documents.js';
import type { KnownRequest, Pipeline, PipelineAnswer } from './graphql-pipeline.js';
import { isSafe, maxBodyBytes } from './json-body.js';
import { type Lane, type PlainHandler, type PlainRequest, type PlainResponse, passThrough } from './plain-handler.js';

const json = 'application/json; charset=utf-8';
const graphqlResponse = 'application/graphql-response+json; charset=utf-8';

/** The media type that Apollo chooses for what clients are known to accept; whoever accepts something else asks Apollo. */
const mediaTypes: ReadonlyMap<string, string> = new Map([
  ['', json],
  ['*/*', json],
  ['application/json', json],
  ['application/json, text/plain, */*', json],
  ['application/graphql-response+json', graphqlResponse],
  ['application/graphql-response+json, application/json', graphqlResponse],
  ['application/graphql-response+json,application/json;q=0.9', graphqlResponse],
  ['application/graphql-response+json; charset=utf-8, application/json; charset=utf-8', graphqlResponse],
]);

export interface GraphqlLaneParts<Context extends BaseContext> {
  readonly documents: KnownDocuments;
  readonly compiler: Compiler;
  readonly pipeline: Pipeline<Context>;
  /** What every request passes first. */
  readonly gate: readonly PlainHandler[];
  readonly createContext: (request: PlainRequest, response: PlainResponse) => Promise<Context>;
  /** Where a request comes from. */
  readonly addressOf: (request: PlainRequest) => string | undefined;
}

/**
 * Answers the requests that nearly all clients send nearly always: a POST of JSON whose document Apollo has let through
 * before, with variables that it takes. Everything else, and so every refusal of a request as such, is Apollo's; what a
 * gate refuses is answered where Express's requests are refused.
 */
export class GraphqlLane<Context extends BaseContext> implements Lane {
  readonly #parts: GraphqlLaneParts<Context>;
  /** By their data: what is kept is sent many times. */
  readonly #texts = new WeakMap<object, Written>();

  constructor(parts: GraphqlLaneParts<Context>) {
    this.#parts = parts;
  }

  take(request: PlainRequest, response: PlainResponse, decline: () => void): boolean {
    if (!isPlainPost(request)) return false;
    this.#look(request, response, decline).catch((error: unknown) => {
      response.locals['refusal'] = error;
      decline();
    });
    return true;
  }

  async #look(request: PlainRequest, response: PlainResponse, decline: () => void): Promise<void> {
    const body = await bodyOf(request);
    const asked = body && this.#recognize(parseJson(body), request);
    if (!asked) return decline();
    const { addressOf, gate, pipeline, createContext } = this.#parts;
    request.ip = addressOf(request);
    await passThrough(gate, request, response);
    request.resume();
    const answer = await pipeline.run(asked, () => createContext(request, response));
    this.#send(answer, asked, response);
  }

  /** The operation that a body asks for; undefined unless it is known and may be run as it is. */
  #recognize(body: unknown, { headers }: PlainRequest): KnownRequest | undefined {
    if (!isRequest(body) || !isSafe(body)) return undefined;
    const { query: text, operationName: name, variables } = body;
    const known = this.#parts.documents.find(text);
    const operationName = name ?? undefined;
    const operation = known && this.#parts.compiler.compile(known.document, operationName);
    if (!operation) return undefined;
    const given = variables ?? undefined;
    const coerced = operation.coerce(given);
    if ('errors' in coerced) return undefined;
    const anonymous = !hasCredential((header) => headers[header] !== undefined);
    const { accept } = headers;
    return { known, text, operation, operationName, given, variables: coerced.values, accept, anonymous };
  }

  #written(body: PipelineAnswer['body']): Written {
    // Data that comes with errors is sent with these, which are each request's own.
    const data = body.errors === undefined ? body.data : undefined;
    const known = data && this.#texts.get(data);
    if (known) return known;
    const text = `${JSON.stringify(body)}\n`;
    const written = { text, etag: weakEtagOf(text) };
    if (data) this.#texts.set(data, written);
    return written;
  }

  #send({ head, body }: PipelineAnswer, { accept }: KnownRequest, response: PlainResponse): void {
    const { text, etag } = this.#written(body);
    response.statusCode = head.status ?? 200;
    for (const [name, value] of head.headers) response.setHeader(name, value);
    response.setHeader('Content-Type', mediaTypes.get(accept ?? '') ?? json);
    response.setHeader('Content-Length', Buffer.byteLength(text));
    if (!response.hasHeader('etag')) response.setHeader('ETag', etag);
    response.end(text);
  }
}

/** A body as it is sent. */
interface Written {
  readonly text: string;
  readonly etag: string;
}

/** The body, which can be read again; undefined when its client went away. Small ones have come by the next turn. */
async function bodyOf(request: PlainRequest): Promise<Buffer | undefined> {
  await Promise.resolve();
  if (!request.complete) return bufferBody(request, maxBodyBytes).catch(() => undefined);
  const body = request.read(request.readableLength) as Buffer | null; // no encoding is set
  if (body) request.unshift(body);
  return body ?? undefined;
}

/** Whether it is a request that may be one for this lane, as far as its head says. */
function isPlainPost({ method, url, headers }: PlainRequest): boolean {
  if (method !== 'POST' || url !== '/graphql') return false;
  if (!mediaTypes.has(headers.accept ?? '')) return false;
  if (!/^application\/json(?:; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '')) return false;
  const unusual = ['content-encoding', 'transfer-encoding', 'idempotency-key'].some(
    (name) => headers[name] !== undefined,
  );
  const length = Number(headers['content-length']);
  return !unusual && length > 0 && length <= maxBodyBytes;
}

interface PlainBody {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** What clients send; whatever else is in it, Apollo looks at. */
function isRequest(body: unknown): body is PlainBody {
  if (!isRecord(body)) return false;
  const { query, operationName, variables, extensions, ...others } = body;
  return (
    typeof query === 'string' &&
    (isAbsent(operationName) || typeof operationName === 'string') &&
    (isAbsent(variables) || isRecord(variables)) &&
    (isAbsent(extensions) || isEmpty(extensions)) &&
    isEmpty(others)
  );
}

function isEmpty(value: unknown): boolean {
  return isRecord(value) && Object.keys(value).length === 0;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
