import { expect } from '@jest/globals';
import { describeConformance, describeStatementIds } from '../../support/conformance.js';
import { startServer } from '../../support/server.js';
import type { WireResponse } from '../../support/wire.js';
import { songStatements } from './songs.statements.js';
import { userStatements } from './users.statements.js';

const statements = [...userStatements, ...songStatements];

/** Music 2: JSON without a charset, whatever has a body. */
function checkEveryResponse({ headers, text }: WireResponse): void {
  expect(headers['content-type']).toBe(text === '' ? undefined : 'application/json');
}

describeStatementIds(/^MUS-\d{3}$/, statements);
describeConformance('Music Cloud', statements, {
  checkEveryResponse,
  start: (engine) => startServer(engine, { variables: { MUSICCLOUD_OPEN_WRITES_PER_MINUTE: '1000000' } }),
});
