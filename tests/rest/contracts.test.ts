import { describe, expect, test } from '@jest/globals';
import { validate } from '@readme/openapi-parser';
import { mergeDocuments } from '../../server/http/api-docs/merge-documents.js';
import type { OpenApiDocument } from '../../server/http/api-docs/open-api.js';
import { contracts, type DialectContract, operationsOf, ownContract, ownerOf } from '../support/contracts.js';
import { sqlite } from '../support/engines.js';
import { send } from '../support/http.js';
import { listRoutes } from '../support/routes.js';
import { startServer, type TestServer } from '../support/server.js';

const everyContract = [...contracts, ownContract];

describe.each(everyContract)('the contract of $dialect.title', (contract) => {
  const { document } = contract;
  const operations = operationsOf(contract);

  test('is a valid OpenAPI 3.1 document', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    await expectValid(document);
  });

  test('has an operation for every route, and a route for every operation', async () => {
    const server = await startServer(sqlite, { demo: false });
    try {
      const documented = operations.map(({ method, path }) => toRoute(method, path));
      const all = listRoutes(server.app.express).map(withoutNames);
      const own = all.filter((route) => ownerOf(route.slice(route.indexOf('/'))) === contract);
      expect(own.filter((route) => !documented.includes(route))).toEqual([]);
      expect(documented.filter((route) => !all.includes(route))).toEqual([]);
    } finally {
      await server.close();
    }
  });

  test('describes every object to the last property', () => {
    expect(openObjectsIn(document)).toEqual([]);
  });

  test('says of every operation who may use it, and what can come of it', () => {
    for (const { operation } of operations) {
      expect(operation).toMatchObject({ summary: expect.stringMatching(/\w/), security: expect.any(Array) });
      expect(Object.keys(operation.responses).filter((status) => /^2\d\d$/.test(status))).not.toEqual([]);
      expect(operation.tags.every((tag: string) => document.tags?.some(({ name }) => name === tag))).toBe(true);
    }
  });

  test('names the GraphQL twin of every operation, or says why there is none', () => {
    for (const { operation } of operations) {
      const twin = operation['x-graphql'];
      if (typeof twin === 'string') expect(twin).toMatch(/GraphQL/);
      else expect(twin).toMatchObject({ document: expect.stringMatching(/^(query|mutation)\b/) });
    }
  });
});

describe('the documents of a server', () => {
  test.each(everyContract)(
    'are the contract of each dialect, and of the server: $dialect.name',
    async ({ dialect, document }) => {
      await withServer({}, async ({ url }) => {
        const response = await send(`${url}/openapi/${dialect.name}.json`);
        expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
        expect(response.body).toEqual(document);
      });
    },
  );

  test('are one of all dialects, too', async () => {
    await withServer({}, async ({ url }) => {
      const { body } = await send(`${url}/openapi.json`);
      await expectValid(body);
      expect(body.tags.map(({ name }: { name: string }) => name)).toEqual(
        everyContract.map(({ dialect }) => dialect.title),
      );
      for (const path of Object.keys(ownContract.document.paths)) expect(body.paths).toHaveProperty([path]);
      for (const { dialect, path, method } of contracts.flatMap(withDialect)) {
        expect(body.paths[path][method].tags).toHaveLength(1);
        if (path.startsWith(dialect.entry)) expect(body.paths[path][method].tags).toEqual([dialect.title]);
      }
    });
  });

  test('are of the dialects that it mounts and of the server, and no others', async () => {
    const [mounted = ',', ...others] = contracts.map(({ dialect }) => dialect.name);
    await withServer({ DIALECTS: mounted }, async ({ url }) => {
      const [all, ...each] = await Promise.all(
        ['.json', `/${mounted}.json`, '/server.json'].map(
          async (name) => (await send(`${url}/openapi${name}`)).body.paths,
        ),
      );
      expect(Object.keys(all)).toEqual([...new Set(each.flatMap(Object.keys))]);
      for (const other of others) expect((await send(`${url}/openapi/${other}.json`)).status).toBe(404);
    });
  });

  test('are there for a server without dialects', async () => {
    await withServer({ DIALECTS: ',' }, async ({ url }) => {
      expect((await send(`${url}/openapi.json`)).body).toMatchObject({
        openapi: '3.1.1',
        tags: [{ name: ownContract.dialect.title }],
      });
    });
  });
});

describe('merging documents', () => {
  const info = { title: 'All', version: '1', description: 'Of them.' };
  const one = (tag: string): OpenApiDocument => ({
    openapi: '3.1.0',
    info: { title: tag, version: '1' },
    paths: { '/health': { [tag]: { operationId: tag }, get: { operationId: `get ${tag}`, security: [{ key: [] }] } } },
    components: { schemas: { Thing: { $ref: '#/components/schemas/Other' }, Other: { const: '$ref' } } },
  });

  test('keeps what two of them call alike apart, and the first of what both have', () => {
    const merged = mergeDocuments(info, [
      { name: 'a', title: 'A', document: one('put') },
      { name: 'b', title: 'B', document: one('patch') },
    ]);
    expect(merged.paths).toEqual({
      '/health': {
        get: { operationId: 'a_get put', tags: ['A'], security: [{ a_key: [] }] },
        put: { operationId: 'a_put', tags: ['A'] },
        patch: { operationId: 'b_patch', tags: ['B'] },
      },
    });
    expect(merged.components).toEqual({
      schemas: {
        a_Thing: { $ref: '#/components/schemas/a_Other' },
        a_Other: { const: '$ref' },
        b_Thing: { $ref: '#/components/schemas/b_Other' },
        b_Other: { const: '$ref' },
      },
    });
  });
});

function withDialect(contract: DialectContract) {
  return operationsOf(contract).map(({ path, method }) => ({ path, method, dialect: contract.dialect }));
}

async function expectValid(document: object): Promise<void> {
  // The parser resolves references in what it is given.
  const result = await validate(structuredClone(document) as Parameters<typeof validate>[0]); // what it is for is finding out
  expect(result).toMatchObject({ valid: true, warnings: [] });
}

async function withServer(variables: Record<string, string>, use: (server: TestServer) => Promise<void>) {
  const server = await startServer(sqlite, { demo: false, variables });
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

/** As Express would spell it; the names of parameters are each side's own. */
function toRoute(method: string, path: string): string {
  return withoutNames(`${method.toUpperCase()} ${path.replaceAll('{', ':').replaceAll('}', '')}`);
}

function withoutNames(route: string): string {
  return route.replace(/:\w+/g, ':');
}

/** Where a document has schemas of objects that say nothing of properties they do not name. */
function openObjectsIn(value: unknown, place = '#'): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const open = 'type' in value && [value.type].flat().includes('object') && !('additionalProperties' in value);
  const inner = Object.entries(value).flatMap(([key, child]) => openObjectsIn(child, `${place}/${key}`));
  return open ? [place, ...inner] : inner;
}
