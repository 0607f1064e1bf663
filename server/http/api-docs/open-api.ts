import { readFile } from 'node:fs/promises';

/** The parts of an OpenAPI 3.1 document that this server reads; whatever else it has is passed on. */
export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly servers?: readonly object[];
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, PathItem>>;
  readonly components?: Readonly<Record<string, Readonly<Record<string, object>>>>;
}

/** Operations by method in lower case, and the parameters that they share. */
export type PathItem = Readonly<Record<string, Operation | readonly object[]>>;

/** What a path does for a method. */
export interface Operation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly security?: readonly SecurityRequirement[];
}

/** Schemes that all are needed, with the scopes of each. */
export type SecurityRequirement = Readonly<Record<string, readonly string[]>>;

/** A document, and what its API is called. */
export interface ApiDocument {
  /** What the address of its document is made of. */
  readonly name: string;
  readonly title: string;
  readonly document: OpenApiDocument;
}

/** Reads a document that the build wrote. */
export async function readDocument(file: URL): Promise<OpenApiDocument> {
  return JSON.parse(await readFile(file, 'utf8')) as OpenApiDocument; // a contract of ours, which the tests validate
}
