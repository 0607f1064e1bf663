import { HeaderMap, type HTTPGraphQLHead } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Turns any error into what clients may see. */
export type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

/** Errors as clients see them, and what they say about the response. */
export interface FormattedErrors {
  readonly errors: readonly GraphQLFormattedError[];
  readonly head: HTTPGraphQLHead;
}

/** Formats errors as Apollo does before it sends them: each has a code, and `extensions.http` is about the response. */
export function formatErrors(errors: readonly unknown[], format: FormatError): FormattedErrors {
  const head: HTTPGraphQLHead = { headers: new HeaderMap() };
  return { errors: errors.map((error) => formatOne(error, format, head)), head };
}

/** Puts what one head says over another. */
export function mergeHead(into: HTTPGraphQLHead, { status, headers }: Partial<HTTPGraphQLHead>): void {
  if (status !== undefined) into.status = status;
  for (const [name, value] of headers ?? []) into.headers.set(name, value);
}

/** Any error as one of GraphQL. */
export function toGraphqlError(error: unknown, prefix = ''): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const known = error instanceof Error ? error : new GraphQLError(`Unexpected error value: ${String(error)}`);
  return known instanceof GraphQLError ? known : new GraphQLError(prefix + known.message, { originalError: known });
}

function formatOne(error: unknown, format: FormatError, head: HTTPGraphQLHead): GraphQLFormattedError {
  const known = toGraphqlError(error);
  const { http, code, ...others } = known.extensions;
  const extensions = { ...others, code: code ?? 'INTERNAL_SERVER_ERROR' };
  if (isHead(http)) mergeHead(head, http);
  try {
    return format({ ...known.toJSON(), extensions }, error);
  } catch {
    return { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } };
  }
}

function isHead(value: unknown): value is Partial<HTTPGraphQLHead> {
  return typeof value === 'object' && value !== null;
}
