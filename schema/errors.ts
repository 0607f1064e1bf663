import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type DomainError, type DomainErrorCode, findDomainError } from '../server/domain/errors.js';

/** The stable codes of domain errors in `extensions.code`; part of the public contract (docs/graphql.md). */
const codes = {
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  CONFLICT: 'CONFLICT',
  INVALID: 'INVALID',
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
  'UNAVAILABLE',
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
  return { message: 'Internal server error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR' } };
}

/** Whether an error is none that a client caused or can act on. */
export function isFault(error: unknown): boolean {
  return !findDomainError(error) && !(error instanceof GraphQLError && isRequestCode(error.extensions['code']));
}

function isRequestCode(code: unknown): boolean {
  return typeof code === 'string' && requestCodes.has(code);
}

function detailsOf(error: DomainError): Record<string, string> {
  switch (error.code) {
    case 'NOT_FOUND':
      return { resource: error.resource };
    case 'CONFLICT':
      return { reason: error.reason };
    case 'INVALID':
      return { field: error.field };
    default:
      return {};
  }
}

/** An error that ends the whole request with an HTTP status, before anything was executed. */
export function requestError(
  message: string,
  code: 'QUERY_TOO_COMPLEX' | 'UNAUTHENTICATED' | 'UNAVAILABLE',
  status: number,
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status } } });
}
