import { spawn, spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../infra/lambda/canary/handler.js';
import { type Probe, readPath, runProbes } from '../../infra/probes/probe.js';
import { probeServer } from '../../infra/probes/probe-server.js';
import { probes } from '../../infra/probes/probes.js';
import { contracts } from '../support/contracts.js';
import { sqlite } from '../support/engines.js';
import { startServer } from '../support/server.js';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
  delete process.env['BASE_URL'];
});

/** A server that answers each path with a status and a body. @returns its address */
async function answerWith(
  answers: Readonly<Record<string, readonly [status: number, body: unknown]>>,
): Promise<string> {
  const answering = createServer((request, response) => {
    const [status, body] = answers[request.url ?? ''] ?? [404, { error: 'Not Found' }];
    response.writeHead(status).end(JSON.stringify(body));
  });
  server = answering;
  await new Promise<void>((resolve) => answering.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(answering.address() as AddressInfo).port}`; // a TCP server's
}

/** What a server of two dialects answers with which all is well. */
const good: Readonly<Record<string, readonly [number, unknown]>> = {
  '/health': [200, { status: 'ok' }],
  '/ready': [200, { status: 'ready' }],
  '/graphql': [200, { data: { movies: { totalCount: 0, nodes: [] } } }],
  '/': [200, { dialects: ['films', 'songs'].map((name) => ({ name, openapi: `/openapi/${name}.json` })) }],
  '/openapi/films.json': [
    200,
    {
      'x-probes': [
        { path: '/films', status: 200, expect: { data: 'array' } },
        { path: '/list', status: 401, expect: { error: { is: 'No' } } },
      ],
    },
  ],
  '/films': [200, { data: [] }],
  '/list': [401, { error: 'No' }],
  '/openapi/songs.json': [200, { 'x-probes': [{ path: '/songs', status: 200, expect: { '': 'array' } }] }],
  '/songs': [200, []],
};
const count = Object.keys(good).length;

const graphql = probes.find(({ name }) => name === 'graphql');

/** The problem of one probe. */
async function findProblem(baseUrl: string, probe: Partial<Probe>): Promise<string | undefined> {
  const whole: Probe = { name: 'x', path: '/x', status: 200, expect: {}, ...probe };
  return (await runProbes(baseUrl, [whole]))[0]?.problem;
}

describe('the probes', () => {
  test('are answered by this server as expected, for itself and each dialect that it serves', async () => {
    const real = await startServer(sqlite, { demo: false });
    try {
      const results = await probeServer(real.url);
      expect(results.filter(({ problem }) => problem !== undefined)).toEqual([]);
      const served = contracts.map(({ dialect }) => dialect.name);
      const names = results.map(({ probe }) => probe.name);
      expect(names).toEqual(expect.arrayContaining(['health', 'ready', 'graphql', 'discovery', ...served]));
    } finally {
      await real.close();
    }
  });

  test('change nothing: all are GET but the query, which is no mutation', () => {
    expect(probes.filter(({ body }) => body !== undefined)).toEqual([graphql]);
    expect(JSON.stringify(graphql?.body)).not.toContain('mutation');
  });

  test.each(contracts)('of $dialect.name begin with its presence, and send nothing', ({ document }) => {
    const own = readPath(document, 'x-probes') as readonly Probe[]; // where there are none, this fails
    expect(own[0]).toMatchObject({ status: 200 });
    for (const probe of own) expect(Object.keys(probe)).toEqual(['path', 'status', 'expect']);
  });

  test.each([
    ['another status', [500, { status: 'ok' }], /^expected 200, got 500: \{"status":"ok"\}$/],
    ['another value', [200, { status: 'bad' }], /^expected status to be "ok", got "bad"$/],
    ['nothing there', [200, {}], /^expected status to be "ok", got nothing$/],
  ] as const)('tell %s', async (_what, answer, problem) => {
    const url = await answerWith({ '/x': answer });
    expect(await findProblem(url, { expect: { status: { is: 'ok' } } })).toMatch(problem);
  });

  test('tell a wrong kind, text that is no JSON, and a server that does not answer', async () => {
    const url = await answerWith({ '/x': [200, { items: {} }] });
    expect(await findProblem(url, { expect: { items: 'array' } })).toBe('expected items to be a array, got {}');
    expect(await findProblem(url, { path: '/none', status: 404, expect: { '': 'array' } })).toContain('the answer');
    server?.closeAllConnections();
    server?.close();
    expect(await findProblem(url, {})).toMatch(/^fetch failed: ./);
  });
});

describe('the smoke test', () => {
  /** The command as the pipeline runs it, while this process serves. */
  function run(url: string): Promise<{ readonly code: number | null; readonly output: string }> {
    const child = spawn(process.execPath, ['dist/infra/bin/smoke.js', url], { env: { PATH: process.env['PATH'] } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
  }

  test('ends with 0 when all is as expected', async () => {
    const url = await answerWith(good);
    const { code, output } = await run(url);
    expect({ code, last: output.trim().split('\n').at(-1) }).toEqual({
      code: 0,
      last: `${count} of ${count} as expected: ${url}`,
    });
  });

  test('names a dialect that does not answer, asks the others all the same, and ends with 1', async () => {
    const { '/films': _films, ...others } = good;
    const { code, output } = await run(await answerWith(others));
    expect(code).toBe(1);
    expect(output).toMatch(/^FAIL {2}films +\/films \(\d+ ms\): expected 200, got 404/m);
    expect(output.match(/^ok/gm)).toHaveLength(count - 1);
  });

  test.each([
    ['which dialects there are', { '/': [500, {}] }, /^FAIL {2}discovery +\/ /m],
    ['which dialects these are', { '/': [200, { dialects: [{}, null] }] }, /^FAIL {2}undefined: contract/m],
    ['the contract of one', { '/openapi/songs.json': [404, {}] }, /^FAIL {2}songs: contract /m],
    ['how one is asked', { '/openapi/songs.json': [200, { 'x-probes': [] }] }, /^FAIL {2}songs: contract /m],
  ] as const)('fails where a server does not tell %s', async (_what, answers, line) => {
    const { code, output } = await run(await answerWith({ ...good, ...answers }));
    expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(line) });
  });

  test('says how it is used', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/infra/bin/smoke.js'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('Usage: node') });
  });
});

describe('the canary', () => {
  test('is content with a server that answers well', async () => {
    process.env['BASE_URL'] = await answerWith(good);
    expect(await handler()).toBe(`${count} as expected`);
  });

  test('fails with every problem', async () => {
    process.env['BASE_URL'] = await answerWith({ ...good, '/songs': [503, {}], '/films': [200, {}] });
    await expect(handler()).rejects.toThrow(/^films: .*\nsongs: expected 200, got 503: \{\}$/);
  });
});
