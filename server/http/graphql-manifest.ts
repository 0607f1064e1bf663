import { readFile } from 'node:fs/promises';
import type { Request, RequestHandler } from 'express';
import { parse } from 'graphql';
import { ConfigError } from '../config/variables.js';
import { asRecord, parseJson } from './json.js';

/** The only documents that are run: texts by their ids. */
export type Manifest = ReadonlyMap<string, string>;

/**
 * Reads a manifest of persisted queries as Apollo's tools write it (format apollo-persisted-query-manifest, version 1).
 *
 * @throws ConfigError when the file cannot be read, or is none
 */
export async function readManifest(path: string): Promise<Manifest> {
  const text = await readFile(path, 'utf8').catch(() => refuse('a file that can be read'));
  const { format, version, operations } = asRecord(parseJson(text));
  if (format !== 'apollo-persisted-query-manifest' || version !== 1 || !Array.isArray(operations)) {
    refuse('a JSON file of the format apollo-persisted-query-manifest, version 1');
  }
  const manifest = new Map<string, string>();
  for (const [index, operation] of operations.entries()) {
    const { id, body } = asRecord(operation);
    if (typeof id !== 'string' || id === '' || typeof body !== 'string' || !isDocument(body)) {
      refuse(`an id and a GraphQL document as body in each operation, but operations[${index}] has none`);
    }
    if (manifest.has(id)) refuse(`ids of one operation each, but operations[${index}] has one that was there before`);
    manifest.set(id, body);
  }
  return manifest;
}

/**
 * Lets only registered documents through to Apollo: named by `extensions.persistedQuery.sha256Hash`, by `documentId`, or
 * sent as they are registered. Everything else is answered 400, and nothing of it is parsed or run.
 */
export function onlyRegistered(manifest: Manifest): RequestHandler {
  const texts = new Set(manifest.values());
  return (request, response, next) => {
    const get = request.method === 'GET';
    const search = new URLSearchParams(request.url.split('?')[1]);
    const asked = get ? askedBySearch(search) : askedByBody(request);
    const text = asked && findText(asked, manifest, texts);
    if (!asked || text === undefined) {
      response.status(400).json(notRegistered);
      return;
    }
    const { persistedQuery: _known, ...extensions } = asked.extensions;
    if (get) {
      search.set('query', text);
      search.set('extensions', JSON.stringify(extensions));
      request.url = `${request.url.split('?')[0]}?${search.toString()}`;
    } else request.body = { ...request.body, query: text, extensions };
    next();
  };
}

const notRegistered = {
  errors: [
    {
      message: 'This server runs only the documents that are registered with it, and this is none of them.',
      extensions: { code: 'PERSISTED_QUERY_NOT_IN_LIST' },
    },
  ],
};

/** How a request says which document it wants. */
interface Asked {
  readonly query: unknown;
  readonly documentId: unknown;
  readonly extensions: Readonly<Record<string, unknown>>;
}

function askedBySearch(search: URLSearchParams): Asked {
  return {
    query: search.get('query') ?? undefined,
    documentId: search.get('documentId') ?? undefined,
    extensions: asRecord(parseJson(search.get('extensions') ?? '')),
  };
}

function askedByBody({ body }: Request): Asked | undefined {
  if (Array.isArray(body)) return undefined;
  const { query, documentId, extensions } = asRecord(body);
  return { query: query ?? undefined, documentId, extensions: asRecord(extensions) };
}

/** The one registered text that all of a request speaks of. */
function findText({ query, documentId, extensions }: Asked, manifest: Manifest, texts: ReadonlySet<string>) {
  const { sha256Hash } = asRecord(extensions['persistedQuery']);
  const ids = [sha256Hash, documentId].filter((id) => id !== undefined && id !== null);
  const named = ids.map((id) => (typeof id === 'string' ? manifest.get(id) : undefined));
  const sent = typeof query === 'string' && texts.has(query) ? query : undefined;
  const [first, ...rest] = query === undefined ? named : [sent, ...named];
  return rest.every((text) => text === first) ? first : undefined;
}

function isDocument(text: string): boolean {
  try {
    parse(text, { noLocation: true });
    return true;
  } catch {
    return false;
  }
}

function refuse(expected: string): never {
  throw new ConfigError('GRAPHQL_MANIFEST', expected);
}
