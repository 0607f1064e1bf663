import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Locator } from 'playwright-core';
import { describeInBrowser, openPage, startBrowser, type TestPage } from '../support/browser.js';
import { contracts } from '../support/contracts.js';
import { sqlite } from '../support/engines.js';
import { send } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer(sqlite);
});

afterAll(() => server.close());

describe('the pages of the documents', () => {
  test.each(['/docs', '/redoc'])('load from this server alone, and run no script of another: %s', async (path) => {
    const { status, headers, text } = await send(server.url + path);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; worker-src 'self' blob:; connect-src 'self'");
    expect(policy).not.toContain('http');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\/|<script>/);
  });

  test.each(['/docs', '/redoc'])('name assets that may be kept for a year: %s', async (path) => {
    const { text } = await send(server.url + path);
    const assets = [...text.matchAll(/(?:src|href)="(\/[^"]+assets[^"]+)"/g)].map(([, asset]) => asset ?? '');
    expect(assets).not.toEqual([]);
    for (const asset of assets) {
      const { status, headers } = await send(server.url + asset);
      expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=31536000, immutable']);
    }
  });

  test.each(['', 'nothing.js', '..%2fredoc.html', '%2e%2e%2f%2e%2e%2fserver/main.js'])(
    'have no other assets (%s)',
    async (path) => {
      expect((await send(`${server.url}/docs/assets/${path}`)).status).toBe(404);
    },
  );

  test('are not there where they are switched off', async () => {
    const plain = await startServer(sqlite, { demo: false, variables: { API_DOCS: 'false' } });
    try {
      expect((await send(`${plain.url}/docs`)).status).toBe(404);
      expect((await send(`${plain.url}/redoc`)).status).toBe(404);
      expect((await send(`${plain.url}/openapi.json`)).status).toBe(200);
    } finally {
      await plain.close();
    }
  });
});

async function expectShown(locator: Locator): Promise<void> {
  await locator.first().waitFor();
}

describeInBrowser('the documents in a browser', () => {
  let browser: Browser;
  let opened: TestPage;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(() => browser?.close());

  afterEach(async () => {
    await opened.page.context().close();
    expect(opened.refused).toEqual([]);
    expect(opened.errors).toEqual([]);
  });

  test('Swagger UI shows the operations of every dialect', async () => {
    opened = await openPage(browser, `${server.url}/docs`);
    for (const { dialect, document } of contracts) {
      await expectShown(opened.page.locator('.opblock-tag', { hasText: dialect.title }));
      const [path = ''] = Object.keys(document.paths);
      await expectShown(opened.page.locator(`.opblock-summary-path[data-path="${path}"]`));
    }
  });

  test('Swagger UI runs an operation', async () => {
    opened = await openPage(browser, `${server.url}/docs`);
    const operation = opened.page.locator('#operations-The_server-server_getReadiness');
    await operation.locator('.opblock-summary').click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    const answer = operation.locator('.live-responses-table .response');
    await expectShown(answer.getByText('200', { exact: true }));
    await expectShown(answer.getByText('ready'));
  });

  test('Redoc shows the operations of every dialect, and finds them', async () => {
    opened = await openPage(browser, `${server.url}/redoc`);
    for (const { dialect, document } of contracts) {
      await expectShown(opened.page.getByRole('heading', { name: dialect.title }));
      const [path = ''] = Object.keys(document.paths);
      await opened.page.getByText(path, { exact: true }).first().waitFor({ state: 'attached' });
    }
    await opened.page.getByPlaceholder('Search...').fill('ready');
    await expectShown(opened.page.locator('[data-role="search:results"] li'));
  });
});
