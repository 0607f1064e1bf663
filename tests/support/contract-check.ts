import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import {
  type Contract,
  type ContractOperation,
  contracts,
  locate,
  operationsOf,
  ownContract,
  ownerOf,
} from './contracts.js';

/** A response, and what it answers. */
export interface Exchange {
  readonly method: string;
  /** With its origin. */
  readonly url: string;
  readonly status: number;
  readonly text: string;
  readonly header: (name: string) => string | undefined;
}

/** Which dialects a server has, by its origin; one that is not in here has all. */
const mounted = new Map<string, ReadonlySet<string>>();

/** Says which dialects a server has, so that its other paths are held to no contract. */
export function noteDialects(url: string, names: Iterable<string>): void {
  mounted.set(new URL(url).origin, new Set([...names, ownContract.dialect.name]));
}

/**
 * Compares a response with the contract of the dialect whose path it answers, or of the server.
 *
 * @throws Error that says what the contract does not
 */
export function checkContract(exchange: Exchange): void {
  const { origin, pathname } = new URL(exchange.url);
  const [problem, ...others] = find(pathname, exchange.method)
    .filter(({ contract }) => isHeldTo(contract, origin))
    .map((found) => findProblem(found, exchange));
  if (problem === undefined || others.includes(undefined)) return;
  const { method, status, text } = exchange;
  throw new Error(`${method} ${pathname} answers ${status}, and its contract says otherwise: ${problem}\n${text}`);
}

/** A server that said nothing is a test's own: it may have any dialect's paths, and none of our server's. */
function isHeldTo(contract: Contract, origin: string): boolean {
  return mounted.get(origin)?.has(contract.dialect.name) ?? contract !== ownContract;
}

interface Found {
  readonly contract: Contract;
  /** By status. */
  readonly responses: Readonly<Record<string, unknown>>;
}

/** Where the server answers itself whatever is below; elsewhere a path may be a page's asset, or a test's own. */
const ownUnmatched = /^\/(images|media)\b/;

const operations = [...contracts, ownContract]
  .flatMap(operationsOf)
  .map((operation) => ({ ...operation, pattern: toPattern(operation) }));

/** What may answer, the likeliest first: not every dialect tells upper from lower case. */
function find(path: string, method: string): Found[] {
  const plain = path.replace(/(?<=.)\/$/, '');
  const exact = findOperation(plain, method);
  if (exact) return [exact];
  return [findOperation(plain.toLowerCase(), method), findUnmatched(plain)].filter((found) => found !== undefined);
}

function findOperation(path: string, method: string): Found | undefined {
  const wanted = method === 'HEAD' ? 'get' : method.toLowerCase();
  const [first] = operations
    .filter((operation) => operation.method === wanted && operation.pattern.test(path))
    .sort((a, b) => countParameters(a) - countParameters(b));
  return first && { contract: first.contract, responses: first.operation.responses };
}

function findUnmatched(path: string): Found | undefined {
  const contract = ownerOf(path);
  if (contract === ownContract && !ownUnmatched.test(path)) return undefined;
  const document = contract?.document as { 'x-unmatched'?: Found } | undefined; // an extension of ours
  return contract && { contract, responses: document?.['x-unmatched']?.responses ?? {} };
}

function toPattern({ path }: ContractOperation): RegExp {
  const escaped = path.split(/\{\w+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('[^/]+')}$`);
}

function countParameters({ path }: ContractOperation): number {
  return path.split('{').length - 1;
}

function findProblem({ contract, responses }: Found, exchange: Exchange): string | undefined {
  const { status } = exchange;
  if (!(status in responses)) return `it lists ${Object.keys(responses).join(', ')}`;
  const response = locate(contract.document, responses[status]);
  return findHeaderProblem(contract, response, exchange) ?? findBodyProblem(contract, response, exchange);
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads arbitrary JSON
function findHeaderProblem(contract: Contract, response: any, { header }: Exchange): string | undefined {
  for (const [name, reference] of Object.entries(response.headers ?? {})) {
    const { required, schema } = locate(contract.document, reference);
    const text = header(name);
    if (text === undefined && required) return `the header ${name} is missing`;
    if (text !== undefined) {
      const problem = findSchemaProblem(contract, schema, schema.type === 'integer' ? Number(text) : text);
      if (problem) return `the header ${name} ${problem}`;
    }
  }
  return undefined;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads arbitrary JSON
function findBodyProblem(contract: Contract, response: any, exchange: Exchange): string | undefined {
  const { method, text, header } = exchange;
  if (!response.content) return text === '' ? undefined : 'there is no body';
  if (method === 'HEAD') return undefined;
  const type = header('content-type')?.split(';')[0]?.trim() ?? 'none';
  const range = `${type.split('/')[0]}/*`;
  if (!(type in response.content || range in response.content)) return `the type is not ${type}`;
  if (type !== 'application/json') return undefined;
  return findSchemaProblem(contract, response.content[type].schema, JSON.parse(text));
}

const ajv = new Ajv2020({ allErrors: true, strictTuples: false, allowUnionTypes: true, multipleOfPrecision: 6 });
formats.default(ajv);
const validators = new WeakMap<object, ValidateFunction>();

function findSchemaProblem(contract: Contract, schema: object, value: unknown): string | undefined {
  const validate = validators.get(schema) ?? compile(contract, schema);
  validators.set(schema, validate);
  return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: 'it' });
}

/** References in a schema begin at the document's root. */
function compile({ dialect, document }: Contract, schema: object): ValidateFunction {
  const { components } = document;
  return ajv.compile({ $id: `test:${dialect.name}/${++compiled}`, ...schema, components });
}

let compiled = 0;
ajv.addVocabulary(['components', 'externalDocs', 'xml', 'discriminator']);
