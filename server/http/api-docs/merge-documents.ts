import type { ApiDocument, OpenApiDocument, Operation, PathItem, SecurityRequirement } from './open-api.js';

/** What the merged document says of itself. */
export interface MergedInfo {
  readonly title: string;
  readonly version: string;
  readonly description: string;
}

/**
 * One document of all APIs, for whoever wants them at a glance: names of components and operations begin with their
 * API's, so that none meets another's, and an operation's tag is its API. Where two document the same operation of a
 * path, the first does.
 */
export function mergeDocuments(info: MergedInfo, documents: readonly ApiDocument[]): OpenApiDocument {
  const renamed = documents.map((api) => ({ ...api, document: rename(api) }));
  return {
    openapi: '3.1.1',
    info,
    servers: [{ url: '/' }],
    tags: renamed.map(({ title, document }) => ({ name: title, ...describe(document) })),
    paths: mergePaths(renamed.map(({ document }) => document.paths)),
    components: mergeComponents(renamed.map(({ document }) => document.components ?? {})),
  };
}

function describe({ info }: OpenApiDocument): { description?: string } {
  return info.description === undefined ? {} : { description: info.description };
}

function mergePaths(all: readonly OpenApiDocument['paths'][]): OpenApiDocument['paths'] {
  const merged: Record<string, PathItem> = {};
  for (const [path, item] of all.flatMap((paths) => Object.entries(paths))) merged[path] = { ...item, ...merged[path] };
  return merged;
}

function mergeComponents(all: readonly Components[]): Components {
  const merged: Record<string, Record<string, object>> = {};
  for (const [kind, components] of all.flatMap((one) => Object.entries(one))) {
    merged[kind] = { ...merged[kind], ...components };
  }
  return merged;
}

type Components = NonNullable<OpenApiDocument['components']>;

function rename({ name, title, document }: ApiDocument): OpenApiDocument {
  const { paths, components = {} } = renameReferences(document, name) as OpenApiDocument; // only the text of `$ref`s differs
  return {
    ...document,
    paths: mapValues(paths, (item) => renameOperations(item, { name, title })),
    components: mapValues(components, (kind) => mapKeys(kind, (key) => prefixed(name, key))),
  };
}

/** A copy in which references to components lead to their new names. */
function renameReferences(value: unknown, api: string): unknown {
  if (Array.isArray(value)) return value.map((item) => renameReferences(item, api));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? renameReference(inner, api) : renameReferences(inner, api),
    ]),
  );
}

function renameReference(reference: string, api: string): string {
  return reference.replace(/^#\/components\/(\w+)\/(.+)$/, (_all, kind: string, key: string) => {
    return `#/components/${kind}/${prefixed(api, key)}`;
  });
}

function renameOperations(item: PathItem, api: { readonly name: string; readonly title: string }): PathItem {
  return mapValues(item, (value) => (isOperation(value) ? renameOperation(value, api) : value));
}

function renameOperation(
  operation: Operation,
  { name, title }: { readonly name: string; readonly title: string },
): Operation {
  return {
    ...operation,
    operationId: prefixed(name, operation.operationId),
    tags: [title],
    ...(operation.security && { security: operation.security.map((needed) => renameSchemes(needed, name)) }),
  };
}

function renameSchemes(requirement: SecurityRequirement, api: string): SecurityRequirement {
  return mapKeys(requirement, (scheme) => prefixed(api, scheme));
}

function isOperation(value: Operation | readonly object[]): value is Operation {
  return 'operationId' in value;
}

function prefixed(api: string, name: string): string {
  return `${api}_${name}`;
}

function mapValues<From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function mapKeys<Value>(record: Readonly<Record<string, Value>>, map: (key: string) => string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [map(key), value]));
}
