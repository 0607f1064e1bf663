import { expect } from '@jest/globals';
import { describeConformance, describeStatementIds } from '../../support/conformance.js';
import type { WireResponse } from '../../support/wire.js';
import { movieStatements } from './movies.statements.js';
import { protocolStatements } from './protocol.statements.js';
import { ratingChangeStatements } from './ratings-change.statements.js';
import { ratingCreateStatements } from './ratings-create.statements.js';
import { ratingReadStatements } from './ratings-read.statements.js';
import { watchlistStatements } from './watchlist.statements.js';
import { watchlistItemStatements } from './watchlist-items.statements.js';

const statements = [
  ...protocolStatements,
  ...movieStatements,
  ...ratingReadStatements,
  ...ratingCreateStatements,
  ...ratingChangeStatements,
  ...watchlistStatements,
  ...watchlistItemStatements,
];

/** MIMO 1 "Common": what every response has. */
function checkCommonHeaders({ status, headers, text }: WireResponse): void {
  expect(headers['vary']).toBe('Accept');
  if (status !== 204) expect(headers['etag']).toMatch(/^W\/"/);
  if (text) expect(headers['content-type']).toBe('application/json; charset=utf-8');
}

describeStatementIds(/^MIMO-\d{3}$/, statements);
describeConformance('MIMO Movies', statements, { checkEveryResponse: checkCommonHeaders });
