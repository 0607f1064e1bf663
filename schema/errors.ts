import { type ApolloServerPlugin, HeaderMap } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import {
  type DomainError,
  type DomainErrorCode,
  findDomainError,
  type RateLimitedError,
  UnavailableError,
} from '../server/domain/errors.js';

/** The stable codes of domain errors in `extensions.code`; part of the public contract (docs/graphql.md). */
const codes = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  WRONG_CREDENTIALS: 'WRONG_CREDENTIALS',
  ACCOUNT_DISABLED: 'ACCOUNT_DISABLED',
  CONFLICT: 'CONFLICT',
  INVALID: 'INVALID',
  TOO_LARGE: 'TOO_LARGE',
  UNSUPPORTED_MEDIA: 'UNSUPPORTED_MEDIA',
  RATE_LIMITED: 'RATE_LIMITED',
  UNAVAILABLE: 'UNAVAILABLE',
} satisfies Record<DomainErrorCode, string>;

/** Codes of errors that are about the request itself, whose messages hold nothing but what the client sent. */
const requestCodes = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'QUERY_TOO_COMPLEX',
  'UNAUTHENTICATED',
  'ACCOUNT_DISABLED',
  'UNAVAILABLE',
  'RATE_LIMITED',
]);

/**
 * Turns any error into what clients may see: domain errors with their code, errors of the request as they are, and
 * anything else as an opaque internal error. Only listed extensions leave: libraries put whole inputs into theirs.
 */
export function formatGraphqlError(
  { message, locations, path, extensions }: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const place = { ...(locations && { locations }), ...(path && { path }) };
  const known = findDomainError(unwrapResolverError(error));
  if (known) return { message: known.message, ...place, extensions: { code: codes[known.code], ...detailsOf(known) } };
  const code = extensions?.['code'];
  if (isRequestCode(code)) return { message, ...place, extensions: { code } };
  if (isHashRefused(error)) return { message, ...place, extensions: { code: 'BAD_REQUEST' } };
  return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Whether an error is none that a client caused or can act on. */
export function isFault(error: unknown): boolean {
  return !findDomainError(error) && !(error instanceof GraphQLError && isRequestCode(error.extensions['code']));
}

/** Apollo refuses a hash that is not the document's, or of an unknown version, with a status and without a code. */
function isHashRefused(error: unknown): boolean {
  if (!(error instanceof GraphQLError) || error.originalError) return false;
  return /^(provided sha does not match query|Unsupported persisted query version)$/.test(error.message);
}

function isRequestCode(code: unknown): boolean {
  return typeof code === 'string' && requestCodes.has(code);
}

function detailsOf(error: DomainError): Record<string, string | number> {
  switch (error.code) {
    case 'NOT_FOUND':
      return { resource: error.resource };
    case 'CONFLICT':
      return { reason: error.reason };
    case 'INVALID':
      return { field: error.field };
    case 'TOO_LARGE':
      return { maxBytes: error.maxBytes };
    case 'RATE_LIMITED':
    case 'UNAVAILABLE':
      return { retryAfterSeconds: error.retryAfterSeconds };
    default:
      return {};
  }
}

/** The HTTP status of an error that ends the whole request, before anything was executed. */
const requestStatuses = {
  QUERY_TOO_COMPLEX: 400,
  UNAUTHENTICATED: 401,
  ACCOUNT_DISABLED: 403,
  UNAVAILABLE: 503,
} as const;

/** What a client needs to know to come back with success: how to authenticate (RFC 6750), and when. */
const requestHeaders: Readonly<Record<keyof typeof requestStatuses, readonly (readonly [string, string])[]>> = {
  QUERY_TOO_COMPLEX: [],
  UNAUTHENTICATED: [['www-authenticate', 'Bearer']],
  ACCOUNT_DISABLED: [],
  UNAVAILABLE: [['retry-after', String(new UnavailableError().retryAfterSeconds)]],
};

/** An error that ends the whole request, before anything was executed. */
export function requestError(message: string, code: keyof typeof requestStatuses): GraphQLError {
  const http = { status: requestStatuses[code], headers: new HeaderMap(requestHeaders[code]) };
  return new GraphQLError(message, { extensions: { code, http } });
}

/**
 * Answers 503 with `Retry-After` when the service could not do all that was asked: caches, proxies and clients must not
 * take what came of it for the answer.
 */
export const unavailablePlugin: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ response: { body, http } }) => {
      const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
      if (!errors.some(({ extensions }) => extensions?.['code'] === codes.UNAVAILABLE)) return;
      http.status = requestStatuses.UNAVAILABLE;
      for (const [name, value] of requestHeaders.UNAVAILABLE) http.headers.set(name, value);
    },
  }),
};

/** An operation that would take more than its sender has left, refused before it runs (RFC 6585, section 4). */
export function rateLimited({ message, retryAfterSeconds }: RateLimitedError): GraphQLError {
  const headers = new HeaderMap([['retry-after', String(retryAfterSeconds)]]);
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED', http: { status: 429, headers } } });
}
