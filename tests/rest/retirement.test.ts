import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { contracts } from '../support/contracts.js';
import { sqlite } from '../support/engines.js';
import { send } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const guide = 'https://example.org/guide';
const going = contracts.map(({ dialect }) => dialect.name.toUpperCase());

describe('a dialect that is going', () => {
  let server: TestServer;
  beforeAll(async () => {
    const variables = going.flatMap((name) => [
      [`${name}_DEPRECATED_SINCE`, '2026-11-25'],
      [`${name}_SUNSET`, '2027-06-30T12:00Z'],
      [`${name}_MIGRATION_GUIDE`, guide],
    ]);
    server = await startServer(sqlite, { variables: Object.fromEntries(variables) });
  });
  afterAll(() => server.close());

  const paths = contracts.flatMap(({ dialect: { entry } }) => [entry, `${entry}/nothing/here`, `${entry}/%zz`]);

  test.each(paths)('says so on every response, refusals included: %s', async (path) => {
    const { headers } = await send(server.url + path);
    expect(headers.get('deprecation')).toBe(`@${Date.UTC(2026, 10, 25) / 1000}`);
    expect(headers.get('sunset')).toBe('Wed, 30 Jun 2027 12:00:00 GMT');
    expect(headers.get('link')).toContain(
      `</graphql>; rel="successor-version", <${guide}>; rel="deprecation", <${guide}>; rel="sunset"`,
    );
  });

  test.each(['/graphql', '/health', '/openapi.json', '/nothing', '/'])('is nothing that %s speaks of', async (path) => {
    const { headers } = await send(server.url + path);
    expect([headers.get('deprecation'), headers.get('sunset'), headers.get('link')]).toEqual([null, null, null]);
  });
});

describe('a dialect that stays', () => {
  test.each(contracts)('says nothing of the kind when $dialect.name alone goes', async ({ dialect }) => {
    const variables = { [`${dialect.name.toUpperCase()}_SUNSET`]: '2027-06-30' };
    const server = await startServer(sqlite, { variables });
    try {
      const goes = await send(server.url + dialect.entry);
      expect(goes.headers.get('sunset')).toBe('Wed, 30 Jun 2027 00:00:00 GMT');
      expect(goes.headers.get('deprecation')).toBeNull();
      expect(goes.headers.get('link')).toBe('</graphql>; rel="successor-version"');
      for (const { dialect: other } of contracts.filter((contract) => contract.dialect !== dialect)) {
        const { headers } = await send(server.url + other.entry);
        expect([headers.get('sunset'), headers.get('link')]).toEqual([null, null]);
      }
    } finally {
      await server.close();
    }
  });
});
