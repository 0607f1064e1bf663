import { describe } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findProgram } from './mysql-server.js';

/** A page in a browser of its own that can reach one origin and nothing else. */
export interface TestPage {
  readonly page: Page;
  /** Addresses outside the origin that the page tried to reach. */
  readonly refused: readonly string[];
  /** What the page threw, and what it or the browser reported as an error. */
  readonly errors: readonly string[];
}

/** Less than a test's own limit, so that what was waited for is named. */
const actionTimeoutMs = 15_000;

const program = findProgram('chromium') ?? findProgram('chromium-browser') ?? findProgram('google-chrome');

/** Runs a suite that needs a browser. Without Chromium, CI fails and anyone else is told, loudly, what was not tested. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (program) return describe(name, suite);
  const message = 'Chromium is not installed (Debian: apt-get install chromium)';
  if (process.env['CI']) throw new Error(`${message}: in CI every suite must run.`);
  process.stderr.write(`\n${'!'.repeat(90)}\n!! ${message}.\n!! SKIPPED: ${name}\n${'!'.repeat(90)}\n\n`);
  describe.skip(name, suite);
}

/** Starts Chromium, headless, with a profile that goes when it is closed. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: program ?? 'chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // What the browser itself would like to reach is refused too.
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
  });
}

/** Opens an address in a fresh context: no cookies, no storage, no other origin. */
export async function openPage(browser: Browser, url: string): Promise<TestPage> {
  const { origin } = new URL(url);
  const [refused, errors]: [string[], string[]] = [[], []];
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  await context.route(
    (address) => address.origin !== origin,
    (route) => {
      refused.push(route.request().url());
      return route.abort();
    },
  );
  context.setDefaultTimeout(actionTimeoutMs);
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // The browser also reports what the API answers to a mistake; that is for the test to look at.
    if (message.type() === 'error' && message.location().url !== `${origin}/graphql`) errors.push(message.text());
  });
  await page.goto(url);
  return { page, refused, errors };
}
