import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { describeConformance, describeStatementIds } from '../../support/conformance.js';
import { describeOnEveryEngine } from '../../support/engines.js';
import { send } from '../../support/http.js';
import { startServer, type TestServer } from '../../support/server.js';
import type { WireResponse } from '../../support/wire.js';
import { statements } from './users.statements.js';

/** Users 3: JSON; without a charset wherever the dialect itself answers. */
function checkEveryResponse({ headers }: WireResponse): void {
  expect(headers['content-type']).toMatch(/^application\/json/);
}

describeStatementIds(/^USR-\d{3}$/, statements);
describeConformance('Users', statements, {
  checkEveryResponse,
  start: (engine) => startServer(engine, { variables: { USERS_OPEN_WRITES_PER_MINUTE: '1000000' } }),
});

describeOnEveryEngine('Users without people', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine, { demo: false });
  });
  afterAll(() => server.close());

  test('lists nobody', async () => {
    expect((await send(`${server.url}/users`)).text).toBe('[]');
  });
});
