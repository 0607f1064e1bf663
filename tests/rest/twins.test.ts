import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type ContractOperation, contracts, operationsOf } from '../support/contracts.js';
import { readState, restoreDemo } from '../support/demo-state.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { createUser } from '../support/factories.js';
import { keys, send, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';
import { type ExampleRequest, evaluate, exampleOf, type Twin, valuesAt } from '../support/twins.js';

const twins = contracts.flatMap(operationsOf).flatMap((operation) => {
  const twin: Twin | string = operation.operation['x-graphql'];
  const name = `${operation.contract.dialect.name} ${operation.operation.operationId}`;
  return typeof twin === 'string'
    ? []
    : [{ name, request: exampleOf(operation), before: earlierOf(operation, twin), twin }];
});

/** The password of the contracts' examples. */
const password = 'contrasena123';

describeOnEveryEngine('an operation of a dialect and its twin in GraphQL', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { demo: false });
  });
  afterAll(() => server.close());
  beforeEach(reset);

  test.each(twins)('$name: say and do the same', async ({ request, before, twin }) => {
    const credentials = await prepare(request, before, twin);
    const rest = await perform(request, credentials.rest);
    const changed = await readState(server.app.database);

    const reads = request.method === 'GET';
    if (!reads) await reset();
    const { graphql: headers } = reads ? credentials : await prepare(request, before, twin);
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

  /** Makes who asks, and does what goes before. An admin is there for both, so that both find and leave the same. */
  async function prepare(request: ExampleRequest, before: readonly ExampleRequest[], { as }: Twin) {
    const rest = await credentialsFor(request);
    for (const each of before) await perform(each, rest);
    return { rest, graphql: as === 'admin' ? await becomeAdmin() : rest };
  }

  async function perform({ method, path, body }: ExampleRequest, headers: Record<string, string>) {
    const response = await send(server.url + path, { method, headers, ...(body !== undefined && { body }) });
    expect(response.status).toBeLessThan(300);
    return response;
  }

  async function credentialsFor({ schemes }: ExampleRequest): Promise<Record<string, string>> {
    const [scheme] = schemes;
    if (!scheme) return {};
    if (scheme.name === 'x-api-key') return { 'x-api-key': keys.john };
    if (scheme.scheme === 'bearer') return { authorization: `Bearer ${await beginSession()}` };
    throw new Error(`No credential for ${JSON.stringify(scheme)}`);
  }

  async function beginSession(): Promise<string> {
    const input = { name: 'Twin', email: 'twin@example.org', password };
    const text = 'mutation ($input: RegisterInput!) { register(input: $input) { token } }';
    return (await sendGraphql(server.url, text, { variables: { input } })).body.data.register.token;
  }

  async function becomeAdmin(): Promise<Record<string, string>> {
    const { apiKey } = await createUser(server.app.database, { name: 'Admin', role: 'admin' });
    return { 'x-api-key': apiKey };
  }
});

/** The example that a twin's operation comes after, if it names one. */
function earlierOf({ contract }: ContractOperation, { after }: Twin): ExampleRequest[] {
  if (after === undefined) return [];
  const earlier = operationsOf(contract).find(({ operation }) => operation.operationId === after);
  if (!earlier) throw new Error(`No operation ${after} in the contract of ${contract.dialect.name}.`);
  return [exampleOf(earlier)];
}

/** Values as a list, however many there are: an undefined one is none. */
function flat(value: unknown): unknown[] {
  return [value].flat().filter((one) => one !== undefined);
}

/** A state without what two runs never share: times, and whatever is made of random bytes. */
function comparable(state: unknown): unknown {
  const volatile = /(_at|hash|prefix)$|^sessions$/;
  return JSON.parse(JSON.stringify(state, (key, value) => (volatile.test(key) ? undefined : value)));
}
