import { expect } from '@jest/globals';
import { describeConformance, describeStatementIds } from '../../support/conformance.js';
import type { WireResponse } from '../../support/wire.js';
import { editStatements, registerStatements, sessionStatements } from './account.statements.js';
import { playlistStatements } from './playlist.statements.js';
import { protocolStatements } from './protocol.statements.js';
import { restoreCinema, startCinema } from './stage.js';

const statements = [
  ...registerStatements,
  ...sessionStatements,
  ...editStatements,
  ...protocolStatements,
  ...playlistStatements,
];

/** CloudCinema 5: JSON as Express sends it, and nothing that a page of any origin might read. */
function checkEveryResponse({ headers }: WireResponse): void {
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(headers['etag']).toMatch(/^(?:W\/)?"/);
  expect(headers['vary']).toContain('Origin');
  expect(headers['access-control-allow-origin']).toBeUndefined();
}

describeStatementIds(/^CLC-\d{3}$/, statements);
describeConformance('CloudCinema', statements, { checkEveryResponse, start: startCinema, restore: restoreCinema });
