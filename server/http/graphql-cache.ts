import { createHash } from 'node:crypto';
import type { ApolloServerPlugin, BaseContext, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { type DocumentNode, visit } from 'graphql';
import { isKnown } from './conditional.js';
import { credentialHeaders, hasCredential } from './credentials.js';
import type { PlainHandler } from './plain-handler.js';

const keptByNobody = 'private, no-store';
const varying = ['accept', ...credentialHeaders].join(', ');

/** Nobody keeps an answer, unless it turns out to be public. */
export const privateAnswers: PlainHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', keptByNobody);
  response.setHeader('Vary', varying);
  next();
};

/**
 * Lets caches keep what is the same for everyone: complete answers to queries by GET, without a credential, that read
 * nothing of a viewer. They have a strong ETag (RFC 9110, 8.8.3).
 *
 * @param maxAgeSeconds how long they may be used without asking whether they still hold
 * @param personalFields names of fields whose values depend on who asks
 */
export function createCachePlugin(
  maxAgeSeconds: number,
  personalFields: ReadonlySet<string>,
): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (context) => {
        const { http, body } = context.response;
        const open = body.kind === 'single' && isPublic(context, personalFields);
        http.headers.set('cache-control', open ? `public, max-age=${maxAgeSeconds}, must-revalidate` : keptByNobody);
        if (!open) return;
        const etag = etagOf(body.singleResult);
        http.headers.set('etag', etag);
        if (isKnown(context.request.http?.headers.get('if-none-match'), etag)) http.status = 304;
      },
    }),
  };
}

function isPublic(
  { request, response, errors, document }: GraphQLRequestContextWillSendResponse<BaseContext>,
  personalFields: ReadonlySet<string>,
): boolean {
  const { http } = request;
  if (http?.method !== 'GET' || errors !== undefined || !document) return false;
  // Headers of a response that is not 200 are none of a query's answer.
  if (response.http.status !== undefined && response.http.status !== 200) return false;
  return !hasCredential((name) => http.headers.has(name)) && !readsAny(document, personalFields);
}

/** Looks at the whole document: an operation that is not run costs an entry in a cache, and no more. */
function readsAny(document: DocumentNode, fields: ReadonlySet<string>): boolean {
  let found = false;
  visit(document, {
    Field: ({ name }) => {
      found ||= fields.has(name.value);
    },
  });
  return found;
}

function etagOf(result: unknown): string {
  return `"${createHash('sha256').update(JSON.stringify(result)).digest('base64url')}"`;
}
