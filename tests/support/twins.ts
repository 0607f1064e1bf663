import { type ContractOperation, locate } from './contracts.js';

/** An operation's twin in GraphQL, as its contract names it. */
export interface Twin {
  readonly document: string;
  /** Runtime expressions of OpenAPI, or constants, by the name of the variable. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /** The id of the operation of the same contract whose example goes before. */
  readonly after?: string;
  /** Places of the response's body, and of GraphQL's data, that say the same. */
  readonly agrees?: Readonly<Record<string, string>>;
  readonly as?: 'admin';
}

/** A request that the examples of a contract make. */
export interface ExampleRequest {
  /** Method and path, with its query. */
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  /** The examples by where they are and what they are called. */
  readonly parameters: Readonly<Record<'path' | 'query', Readonly<Record<string, unknown>>>>;
  /** The security schemes that it needs; none for a public operation. */
  readonly schemes: readonly SecurityScheme[];
}

/** How a credential is sent. */
export interface SecurityScheme {
  readonly type: 'apiKey' | 'http';
  readonly in?: 'header' | 'cookie';
  readonly name?: string;
  readonly scheme?: 'bearer';
}

/** Makes the request of an operation's examples. Every parameter has one; so has a body. */
export function exampleOf({ contract, method, path, operation }: ContractOperation): ExampleRequest {
  const { document } = contract;
  const shared = (document.paths[path] as { parameters?: object[] } | undefined)?.parameters ?? []; // OpenAPI: shared by the methods
  const all = [...shared, ...(operation.parameters ?? [])].map((parameter) => locate(document, parameter));
  const of = (place: string): Record<string, unknown> =>
    Object.fromEntries(all.filter((one) => one.in === place).map(({ name, example }) => [name, example]));
  const parameters = { path: of('path'), query: of('query') };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters.query)) query.set(name, String(value));
  return {
    method: method.toUpperCase(),
    path:
      path.replace(/\{(\w+)\}/g, (_all, name) => String(parameters.path[name])) +
      (query.size > 0 ? `?${query.toString()}` : ''),
    body: operation.requestBody?.content['application/json']?.example,
    parameters,
    schemes: Object.keys(operation.security[0] ?? {}).map((name) =>
      locate(document, { $ref: `#/components/securitySchemes/${name}` }),
    ),
  };
}

/** What a runtime expression of OpenAPI says of a request and the body of its response; a constant says itself. */
export function evaluate(expression: unknown, request: ExampleRequest, responseBody: unknown): unknown {
  if (typeof expression !== 'string' || !expression.startsWith('$')) return expression;
  const [, place, name, pointer] =
    /^\$(request\.path|request\.query|request\.body|response\.body)(?:\.(\w+))?(?:#(.+))?$/.exec(expression) ?? [];
  if (place === 'request.path') return request.parameters.path[name ?? ''];
  if (place === 'request.query') return request.parameters.query[name ?? ''];
  if (place === 'request.body') return valuesAt(request.body, pointer ?? '');
  if (place === 'response.body') return valuesAt(responseBody, pointer ?? '');
  throw new Error(`No such place: ${expression}`);
}

/** The value at a JSON pointer; where it has a `*`, the values of every item. */
export function valuesAt(value: unknown, pointer: string): unknown {
  return follow(value, pointer.split('/').slice(1));
}

// oxlint-disable-next-line typescript/no-explicit-any -- a test reads arbitrary JSON
function follow(value: any, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (key === '*') return value.map((item: unknown) => follow(item, rest));
  return follow(value?.[key], rest);
}
