import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema } from '../../schema/build-schema.js';
import { importOfEachDialect } from '../support/dialect-files.js';
import { describeOnEveryEngine } from '../support/engines.js';
import { send, sendGraphql } from '../support/http.js';
import { type IdentityProvider, startIdentityProvider } from '../support/identity-provider.js';
import { listRoutes } from '../support/routes.js';
import { startServer, type TestServer } from '../support/server.js';
import { type Asker, askers, badTokens, type Credentials, createCredentials } from './credentials.js';
import { type GraphqlRow, graphqlRows } from './graphql.rows.js';
import { restRows as ownRows, type RestRow } from './rest.rows.js';

const dialectRows = await importOfEachDialect<{ rows: readonly RestRow[] }>('access.rows');
/** A route without a row fails the matrix. */
const restRows = [...ownRows, ...dialectRows.flatMap(({ rows }) => rows)];

let requests = 0;

describeOnEveryEngine('the access matrix', (engine) => {
  let provider: IdentityProvider;
  let server: TestServer;
  let credentials: Credentials;

  beforeAll(async () => {
    provider = await startIdentityProvider();
    const { issuer, jwksUrl } = provider;
    server = await startServer(engine, { config: { oidc: { issuers: [{ issuer, jwksUrl }], audiences: ['films'] } } });
    const { sql } = server.app.database;
    await sql
      .updateTable('movies')
      .set({ movie_lens_id: 79132, movie_lens_title: 'Inception (2010)' })
      .where('id', '=', 1)
      .execute();
    credentials = await createCredentials(server.url, server.app.database, provider);
    const login =
      'mutation { register(input: { name: "L", email: "login@example.org", password: "long enough" }) { token } }';
    await sendGraphql(server.url, login);
  });
  afterAll(async () => {
    await server.close();
    await provider.close();
  });

  describe.each(graphqlRows)('$operation', (row) => {
    it.each(askers)('for %s', async (asker) => {
      // A session that logs out is gone for the rows after it.
      const headers = row.operation === 'Mutation.logout' && asker === 'session' ? {} : credentials[asker];
      const text = row.text.replace('$N', String(++requests));
      const { body } = await sendGraphql(server.url, text, { headers });
      expect(body.errors?.[0].extensions.code ?? 'ok').toBe(expectedOf(row, asker));
    });
  });

  describe.each(restRows)('$route', ({ route, path, body, endsSession, expect: expected }) => {
    it.each(askers)('for %s', async (asker) => {
      const method = route.slice(0, route.indexOf(' '));
      const headers = endsSession && asker === 'session' ? {} : credentials[asker];
      const { status } = await send(server.url + path, { method, headers, body });
      expect(status).toBe(expected[asker] ?? expected.others);
    });
  });

  it('has a row for every route of the server', () => {
    // The playground's page holds nothing of anyone's; what it sends are the operations above.
    const routes = listRoutes(server.app.express).filter((route) => route !== 'GET /graphql');
    expect(restRows.map(({ route }) => route).sort()).toEqual(routes.sort());
  });
});

describe('the access matrix', () => {
  it('has a row for every operation of the schema', () => {
    const schema = buildSchema();
    const operations = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
    );
    const rows = graphqlRows.map(({ operation }) => operation).filter((name) => /^(Query|Mutation)\./.test(name));
    expect(rows.sort()).toEqual(operations.sort());
  });
});

function expectedOf(row: GraphqlRow, asker: Asker): string {
  if (asker === 'disabledKey') return 'ACCOUNT_DISABLED';
  if (badTokens.some((bad) => bad === asker)) return 'UNAUTHENTICATED';
  if (asker === 'anonymous') return row.anonymous;
  if (asker === 'goodKey') return row.owner;
  return asker === 'serviceBearer' ? row.service : row.person;
}
