import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { exampleTabs } from '../../server/http/playground/examples.js';
import { describeInBrowser, openPage, startBrowser, type TestPage } from '../support/browser.js';
import { sqlite } from '../support/engines.js';
import { send, sendGraphql } from '../support/http.js';
import { startServer, type TestServer } from '../support/server.js';

const browserAccept = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';

let server: TestServer;

beforeAll(async () => {
  server = await startServer(sqlite, { config: { playground: true } });
});

afterAll(() => server.close());

describe('GET /graphql', () => {
  test.each([browserAccept, 'text/html'])('is the playground to a browser (%s)', async (accept) => {
    const response = await send(`${server.url}/graphql`, { headers: { accept } });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('vary')).toContain('Accept');
    expect(response.text).toContain('<title>Filmgraph</title>');
  });

  test.each(['*/*', 'application/json', 'application/graphql-response+json, application/json;q=0.9'])(
    'is GraphQL to anyone else (%s)',
    async (accept) => {
      const query = encodeURIComponent('{ movie(databaseId: 1) { title } }');
      const headers = { accept, 'apollo-require-preflight': 'true' };
      const response = await send(`${server.url}/graphql?query=${query}`, { headers });
      expect(response.body).toEqual({ data: { movie: { title: 'Inception' } } });
    },
  );

  test('lets the page load from this server alone, and run no script of another origin', async () => {
    const { headers, text } = await send(`${server.url}/graphql`, { headers: { accept: browserAccept } });
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('http');
    expect(text).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  test('is no page where the playground is off', async () => {
    const plain = await startServer(sqlite, { config: { playground: false } });
    try {
      const response = await send(`${plain.url}/graphql`, { headers: { accept: browserAccept } });
      expect(response.headers.get('content-type')).not.toContain('html');
      expect((await send(`${plain.url}/graphql/assets/main.js`)).status).not.toBe(200);
    } finally {
      await plain.close();
    }
  });
});

describe('the assets of the playground', () => {
  test('may be kept for a year, because their address changes with their content', async () => {
    const page = await send(`${server.url}/graphql`, { headers: { accept: browserAccept } });
    const [, script = ''] = /src="([^"]+)"/.exec(page.text) ?? [];
    const response = await send(`${server.url}${script}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('javascript');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(page.headers.get('cache-control')).toBe('no-cache');
  });

  test.each(['', 'nothing.js', '..%2findex.html', '%2e%2e%2f%2e%2e%2fserver/main.js', '..%5cindex.html'])(
    'are nothing but these files (%s)',
    async (path) => {
      expect((await send(`${server.url}/graphql/assets/${path}`)).status).toBe(404);
    },
  );
});

describe('the examples of the playground', () => {
  const examples = exampleTabs.map((tab) => ({ ...tab, name: /(query|mutation) \w+/.exec(tab.query)?.[0] }));

  test.each(examples)('run as they stand: $name', async ({ query, variables, headers }) => {
    const response = await sendGraphql(server.url, query, {
      ...(variables !== undefined && { variables: JSON.parse(variables) }),
      ...(headers !== undefined && { headers: JSON.parse(headers) }),
    });
    expect(response.body.errors).toBeUndefined();
    expect(Object.values(response.body.data)).not.toContain(null);
  });
});

describeInBrowser('the playground in a browser', () => {
  let browser: Browser;
  let opened: TestPage;
  let page: Page;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(() => browser?.close());

  beforeEach(async () => {
    opened = await openPage(browser, `${server.url}/graphql`);
    page = opened.page;
    await page.locator('.graphiql-query-editor .view-line').first().waitFor();
  });

  afterEach(async () => {
    await page.context().close();
    expect(opened.refused).toEqual([]);
    expect(opened.errors).toEqual([]);
  });

  async function typeQuery(text: string): Promise<void> {
    await page.locator('.graphiql-query-editor .view-lines').click();
    await page.keyboard.press('ControlOrMeta+A');
    // Over a selection, the editor would put the first brace around it.
    await page.keyboard.press('Delete');
    await page.keyboard.type(text);
    // The editor has read the text when the tab no longer bears the example's name.
    await page.getByRole('tab', { name: '<untitled>' }).waitFor();
  }

  async function expectShown(locator: Locator): Promise<void> {
    await locator.first().waitFor();
  }

  function expectResult(text: string): Promise<void> {
    return expectShown(page.locator('.result-window .view-line', { hasText: text }));
  }

  /** GraphiQL may still run the former tab's operation in the moment after a tab was chosen: a person would click again. */
  async function expectResultOfExecuting(text: string): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      await page.getByRole('button', { name: /^Execute query/ }).click();
      const shown = page.locator('.result-window .view-line', { hasText: text }).first();
      if (
        await shown.waitFor({ timeout: 5_000 }).then(
          () => true,
          () => false,
        )
      )
        return;
    }
    await expectResult(text);
  }

  test('runs a query that is typed into the editor', async () => {
    await typeQuery('{ movies(first: 3) { nodes { title averageRating } } }');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expectResult('Inception');
    await expectResult('4.25');
  });

  test('runs an example with the key that its headers pane holds', async () => {
    await page.getByRole('tab', { name: 'RateFilm' }).click();
    await page.locator('.graphiql-query-editor .view-line', { hasText: 'rateMovie(' }).waitFor();
    await expectResultOfExecuting('Interstellar');
  });

  test('shows what GraphQL answers to a mistake', async () => {
    await typeQuery('{ movie(databaseId: "one") { title } }');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expectResult('"errors"');
  });

  test('completes and checks what is typed, from the schema', async () => {
    await typeQuery('{ nothing }');
    await expectShown(page.locator('.graphiql-query-editor .squiggly-error'));
    await typeQuery('{ mov');
    await page.keyboard.press('Control+Space');
    await expectShown(page.locator('.suggest-widget .monaco-list-row', { hasText: 'movies' }));
  });

  test('explains the types of the schema', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = page.locator('.graphiql-doc-explorer');
    await docs.getByText('Movie', { exact: true }).click();
    await expectShown(docs.getByText('averageRating', { exact: true }));
  });
});
