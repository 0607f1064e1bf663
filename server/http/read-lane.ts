import { type ParsedUrlQuery, parse } from 'node:querystring';
import type { AnswerCache } from '../cache/answer-cache.js';
import { answerKept, type KeptAnswer } from './kept-answers.js';
import { type Lane, type PlainHandler, type PlainRequest, type PlainResponse, passThrough } from './plain-handler.js';

/** A request for something that is only read, as Express or the lane hands it to the one that answers. */
export interface ReadRequest<Parameters = unknown> extends PlainRequest {
  params: Parameters;
  query: Readonly<Record<string, unknown>>;
}

/** Answers such a request. Fails, with nothing sent and no header set, where it is to be refused. */
export type ReadHandler<Parameters = unknown> = (
  request: ReadRequest<Parameters>,
  response: PlainResponse,
) => void | Promise<void>;

/** A route that only reads. */
export interface ReadRoute {
  /** Whole, with `:name` for a part that differs; parts are what stands between slashes. */
  readonly path: string;
  /** What a request passes first. */
  readonly through: readonly PlainHandler[];
  readonly handler: ReadHandler<never>;
}

interface LaneParts {
  /** Where a request comes from. */
  readonly addressOf: (request: PlainRequest) => string | undefined;
  /** Where answers that are everyone's are kept; undefined: nowhere. */
  readonly answers: AnswerCache<KeptAnswer> | undefined;
}

interface Found {
  readonly route: ReadRoute;
  readonly params: Readonly<Record<string, string>>;
  readonly query: ParsedUrlQuery;
}

/** What Express would have to look at: whether the client has the answer already. A read takes no body. */
const unusualHeaders = ['if-none-match', 'if-modified-since', 'content-length', 'transfer-encoding'] as const;
/** Parts of a path that are spelled in one way only. */
const plainPart = /^[\w.~-]+$/;
/** What ends a query, or is none of it, for those who read addresses to the letter. */
const unusualInQuery = /[#\s]/;
const noQuery: ParsedUrlQuery = {};

/**
 * Answers plain reads without Express: a GET of a path that is spelled as its route has it, of a client that takes JSON.
 * Each route has one handler, which is Express's too; whatever is refused, Express refuses (`refuseAgain`).
 */
export class ReadLane implements Lane {
  readonly #parts: LaneParts;
  /** By the number of their parts, in the order in which they were added. */
  readonly #routes = new Map<number, { readonly route: ReadRoute; readonly parts: readonly string[] }[]>();

  constructor(parts: LaneParts) {
    this.#parts = parts;
  }

  /** Routes that were added first are asked first, as in Express. */
  add(route: ReadRoute): void {
    const parts = route.path.split('/');
    const others = this.#routes.get(parts.length) ?? [];
    this.#routes.set(parts.length, [...others, { route, parts }]);
  }

  take(request: PlainRequest, response: PlainResponse, decline: () => void): boolean {
    const found = isPlainGet(request) ? this.#find(request.url ?? '') : undefined;
    if (!found) return false;
    this.#answer(found, request, response).catch((error: unknown) => {
      response.locals['refusal'] = error;
      decline();
    });
    return true;
  }

  async #answer({ route, params, query }: Found, request: PlainRequest, response: PlainResponse): Promise<void> {
    request.ip = this.#parts.addressOf(request);
    await passThrough(route.through, request, response);
    request.route = route;
    const answer = () => route.handler(Object.assign(request, { params, query }) as ReadRequest<never>, response); // as the path says
    const { answers } = this.#parts;
    await (answers ? answerKept(answers, { request, response }, answer) : answer());
  }

  #find(url: string): Found | undefined {
    const start = url.indexOf('?');
    const search = start < 0 ? '' : url.slice(start + 1);
    if (unusualInQuery.test(search)) return undefined;
    const parts = (start < 0 ? url : url.slice(0, start)).split('/');
    for (const candidate of this.#routes.get(parts.length) ?? []) {
      const params = match(candidate.parts, parts);
      if (params) return { route: candidate.route, params, query: search === '' ? noQuery : parse(search) };
    }
    return undefined;
  }
}

function isPlainGet({ method, headers }: PlainRequest): boolean {
  if (method !== 'GET') return false;
  const { accept } = headers;
  if (accept !== undefined && accept !== '*/*' && accept !== 'application/json') return false;
  return unusualHeaders.every((name) => headers[name] === undefined);
}

/** The values of a path's parameters; undefined when it is another path, or spelled in another way. */
function match(wanted: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (const [index, want] of wanted.entries()) {
    const part = parts[index] ?? '';
    if (!want.startsWith(':')) {
      if (part !== want) return undefined;
    } else if (plainPart.test(part)) params[want.slice(1)] = part;
    else return undefined;
  }
  return params;
}
