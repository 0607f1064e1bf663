import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { contracts, operationsOf } from '../support/contracts.js';
import { readState, restoreDemo } from '../support/demo-state.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';
import { type ExampleRequest, evaluate, exampleOf, type Twin, valuesAt } from '../support/twins.js';

const twins = contracts.flatMap(operationsOf).flatMap((operation) => {
  const twin: Twin | string = operation.operation['x-graphql'];
  const name = `${operation.contract.dialect.name} ${operation.operation.operationId}`;
  return typeof twin === 'string' ? [] : [{ name, request: exampleOf(operation), twin }];
});

describeOnEveryEngine('an operation of a dialect and its twin in GraphQL', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { demo: false });
  });
  afterAll(() => server.close());
  beforeEach(reset);

  test.each(twins)('$name: say and do the same', async ({ request, twin }) => {
    const credentials = await createCredentials(request, twin);
    const rest = await send(server.url + request.path, {
      method: request.method,
      headers: credentials.rest,
      ...(request.body !== undefined && { body: request.body }),
    });
    expect(rest.status).toBeLessThan(300);
    const changed = await readState(server.app.database);

    const reads = request.method === 'GET';
    if (!reads) await reset();
    const { graphql: headers } = reads ? credentials : await createCredentials(request, twin);
    const variables = Object.fromEntries(
      Object.entries(twin.variables ?? {}).map(([name, from]) => [name, evaluate(from, request, rest.body)]),
    );
    const { body } = await sendGraphql(server.url, twin.document, { variables, headers });
    expect(body.errors).toBeUndefined();

    for (const [ours, theirs] of Object.entries(twin.agrees ?? {})) {
      expect({ [ours]: flat(valuesAt(rest.body, ours)) }).toEqual({ [ours]: flat(valuesAt(body.data, theirs)) });
      expect(flat(valuesAt(rest.body, ours))).not.toEqual([]);
    }
    expect(comparable(await readState(server.app.database))).toEqual(comparable(changed));
  });

  /** The demo set, in which a film has the id that MovieLens gave it. */
  async function reset(): Promise<void> {
    await restoreDemo(server.app.database);
    await server.app.database.sql
      .updateTable('movies')
      .set({ movie_lens_id: 79132, movie_lens_title: 'Inception (2010)' })
      .where('id', '=', 1)
      .execute();
  }

  /** An admin is there for both, so that both find and leave the same. */
  async function createCredentials(request: ExampleRequest, { as }: Twin) {
    const rest = await credentialsFor(request);
    return { rest, graphql: as === 'admin' ? await becomeAdmin() : rest };
  }

  async function credentialsFor({ schemes }: ExampleRequest): Promise<Record<string, string>> {
    const [scheme] = schemes;
    if (!scheme) return {};
    if (scheme.name === 'x-api-key') return { 'x-api-key': keys.john };
    if (scheme.scheme === 'bearer') return { authorization: `Bearer ${await beginSession()}` };
    throw new Error(`No credential for ${JSON.stringify(scheme)}`);
  }

  async function beginSession(): Promise<string> {
    const input = { name: 'Twin', email: 'twin@example.org', password: 'long enough' };
    const text = 'mutation ($input: RegisterInput!) { register(input: $input) { token } }';
    return (await sendGraphql(server.url, text, { variables: { input } })).body.data.register.token;
  }

  async function becomeAdmin(): Promise<Record<string, string>> {
    const { apiKey } = await createUser(server.app.database, { name: 'Admin', role: 'admin' });
    return { 'x-api-key': apiKey };
  }
});

/** Values as a list, however many there are: an undefined one is none. */
function flat(value: unknown): unknown[] {
  return [value].flat().filter((one) => one !== undefined);
}

/** A state without what two runs never share: times, and whatever is made of random bytes. */
function comparable(state: unknown): unknown {
  const volatile = /(_at|hash|prefix)$|^sessions$/;
  return JSON.parse(JSON.stringify(state, (key, value) => (volatile.test(key) ? undefined : value)));
}
