import { expect, test } from '@jest/globals';
import { contracts } from '../support/contracts.js';
import { sqlite } from '../support/engines.js';
import { send } from '../support/http.js';
import { startServer } from '../support/server.js';

async function discover(variables: Record<string, string>) {
  const server = await startServer(sqlite, { demo: false, variables });
  try {
    const { status, headers, body } = await send(server.url);
    expect([status, headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const missing = [];
    for (const path of addressesIn(body)) if ((await send(server.url + path)).status === 404) missing.push(path);
    expect(missing).toEqual([]);
    return body;
  } finally {
    await server.close();
  }
}

test('GET / says where everything is, in the documented order', async () => {
  const body = await discover({});
  expect(Object.keys(body)).toEqual(['ok', 'message', 'docs', 'openapi', 'graphql', 'dialects']);
  expect(body).toMatchObject({ ok: true, docs: '/docs', openapi: '/openapi.json', graphql: '/graphql' });
  expect(body.dialects).toEqual(
    contracts.map(({ dialect: { name, title, entry } }) => ({ name, title, entry, openapi: `/openapi/${name}.json` })),
  );
});

test('GET / says nothing of what is not mounted', async () => {
  const last = contracts.at(-1)?.dialect.name ?? ',';
  const body = await discover({ DIALECTS: last, API_DOCS: 'false' });
  expect(Object.keys(body)).toEqual(['ok', 'message', 'openapi', 'graphql', 'dialects']);
  expect(body.dialects.map(({ name }: { name: string }) => name)).toEqual([last]);
});

/** Every value that is a path. */
function addressesIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('/') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(addressesIn) : [];
}
