import { expect } from '@jest/globals';
import { describeConformance, describeStatementIds } from '../../support/conformance.js';
import type { WireResponse } from '../../support/wire.js';
import { startMovieLens } from './films.js';
import { movieStatements } from './movies.statements.js';
import { protocolStatements } from './protocol.statements.js';

const statements = [...protocolStatements, ...movieStatements];

/** MovieLens 4: JSON without a charset, where the dialect answers, and a challenge with every 401. */
function checkEveryResponse({ status, headers }: WireResponse): void {
  expect(headers['content-type']).toMatch(/^application\/json/);
  expect(headers['www-authenticate']).toBe(status === 401 ? 'Bearer' : undefined);
}

describeStatementIds(/^MLN-\d{3}$/, statements);
describeConformance('MovieLens Movie API', statements, {
  checkEveryResponse,
  start: startMovieLens,
  // Nothing in this dialect writes, which is checked of every method that could.
  restore: async () => {},
});
