import { readFileSync } from 'node:fs';
import type { OpenApiDocument } from '../../server/http/api-docs/open-api.js';
import { serverContract } from '../../server/http/api-docs/server-contract.js';
import * as dialects from '../../server/rest/index.js';
import type { Dialect } from '../../server/rest/shared/dialect.js';
import { findOwner } from '../../server/rest/shared/ownership.js';

/** A contract, read from what the build wrote. */
export interface Contract {
  readonly dialect: Pick<Dialect, 'name' | 'title'>;
  readonly document: OpenApiDocument;
}

/** A dialect with its contract. */
export interface DialectContract extends Contract {
  readonly dialect: Dialect;
}

/** Every dialect that there is, mounted or not. */
export const contracts: readonly DialectContract[] = Object.values<Dialect>(dialects).map((dialect) => ({
  dialect,
  document: JSON.parse(readFileSync(dialect.contract, 'utf8')),
}));

/** What the server serves beside dialects and GraphQL. */
export const ownContract: Contract = {
  dialect: serverContract,
  document: JSON.parse(readFileSync(serverContract.contract, 'utf8')),
};

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** An operation of a contract, and where it is. */
export interface ContractOperation {
  readonly contract: Contract;
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  // Whatever the document says; the assertions say what it should be.
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads arbitrary JSON
  readonly operation: any;
}

/** All operations of a contract, in its order. */
export function operationsOf(contract: Contract): ContractOperation[] {
  return Object.entries(contract.document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, operation]) => ({ contract, method, path, operation })),
  );
}

/** The contract that a path is under: a dialect's, or the server's when it is neither a dialect's nor GraphQL's. */
export function ownerOf(path: string): Contract | undefined {
  const owners = contracts.map((contract) => ({ contract, prefixes: contract.dialect.prefixes }));
  const dialect = findOwner(owners, path)?.contract;
  return dialect ?? (/^\/graphql\b/.test(path) ? undefined : ownContract);
}

/** What an object of a document says, references followed. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads arbitrary JSON
export function locate(document: OpenApiDocument, object: any): any {
  if (typeof object.$ref !== 'string') return object;
  const keys: string[] = object.$ref.slice(2).split('/');
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads arbitrary JSON
  const step = (value: any, key: string) => value[key.replaceAll('~1', '/').replaceAll('~0', '~')];
  return locate(document, keys.reduce(step, document));
}
