import { expect, test } from '@jest/globals';
import { dialectNames } from '../../server/app.js';
import { contracts } from '../support/contracts.js';
import { importOfEachDialect } from '../support/dialect-files.js';
import { sqlite } from '../support/engines.js';
import { send } from '../support/http.js';
import { describeReads, type ReadRow } from '../support/lanes.js';
import { startServer } from '../support/server.js';

/** Of the dialects that have plain reads. */
const dialects = await importOfEachDialect<{ reads: readonly ReadRow[] }>('reads');

const going = dialectNames.flatMap((name) => [
  [`${name.toUpperCase()}_DEPRECATED_SINCE`, '2026-11-25'],
  [`${name.toUpperCase()}_SUNSET`, '2027-06-30'],
  [`${name.toUpperCase()}_MIGRATION_GUIDE`, 'https://a.example'],
]);

const ways = [
  ['as it is', {}],
  ['where answers are kept', { CACHE: 'on' }],
  ['of a dialect that is going', Object.fromEntries(going)],
  ['without limits', { RATE_LIMIT: 'off' }],
] as const;

for (const { reads } of dialects) {
  for (const [what, variables] of ways) describeReads(what, reads, { variables: { CACHE: 'off', ...variables } });
}

test('a dialect that is not mounted reads nothing, in no lane either', async () => {
  const server = await startServer(sqlite, { demo: false, variables: { DIALECTS: ',' } });
  try {
    for (const { dialect } of contracts) expect((await send(server.url + dialect.entry)).status).toBe(404);
    expect((await send(`${server.url}/health`)).status).toBe(200);
  } finally {
    await server.close();
  }
});
