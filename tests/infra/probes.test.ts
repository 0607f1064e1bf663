import { spawn, spawnSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../infra/lambda/canary/handler.js';
import { type Probe, runProbes } from '../../infra/probes/probe.js';
import { probes } from '../../infra/probes/probes.js';

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

/** What a server answers with which all is well. */
const good: Readonly<Record<string, readonly [number, unknown]>> = {
  '/health': [200, { status: 'ok' }],
  '/ready': [200, { status: 'ready' }],
  '/graphql': [200, { data: { movies: { totalCount: 0, nodes: [] } } }],
  '/movies': [200, { data: [], pagination: { total: 0 } }],
  '/api/health': [200, { status: 'ok', timestamp: '2026-11-25T00:00:00.000000' }],
  '/users': [200, []],
  '/musica': [200, []],
  '/movie/exploration': [200, { peliculas: [] }],
  '/watchlist/1': [401, { message: 'Unauthorized' }],
  '/api/movies': [401, { detail: 'Missing Authorization header' }],
};

const graphql = probes.find(({ name }) => name === 'graphql');

/** The problem of one probe. */
async function findProblem(baseUrl: string, probe: Partial<Probe>): Promise<string | undefined> {
  const whole: Probe = { name: 'x', path: '/x', status: 200, expect: {}, ...probe };
  return (await runProbes(baseUrl, [whole]))[0]?.problem;
}

describe('the probes', () => {
  test('ask health, one query, and every dialect once', () => {
    const names = probes.map(({ name }) => name);
    const dialects = ['mimo', 'movielens', 'users', 'musiccloud', 'cloudcinema'];
    expect(names).toEqual(expect.arrayContaining(['health', 'ready', 'graphql', ...dialects]));
    expect(new Set(names).size).toBe(names.length);
  });

  test('change nothing: all are GET but the query, which is no mutation', () => {
    expect(probes.filter(({ body }) => body !== undefined)).toEqual([graphql]);
    expect(JSON.stringify(graphql?.body)).not.toContain('mutation');
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
      last: `${probes.length} of ${probes.length} as expected: ${url}`,
    });
  });

  test('names a dialect that is missing, asks the others all the same, and ends with 1', async () => {
    const { '/users': _users, ...others } = good;
    const { code, output } = await run(await answerWith(others));
    expect(code).toBe(1);
    expect(output).toMatch(/^FAIL {2}users +\/users \(\d+ ms\): expected 200, got 404/m);
    expect(output.match(/^ok/gm)).toHaveLength(probes.length - 1);
  });

  test('says how it is used', () => {
    const { status, stderr } = spawnSync(process.execPath, ['dist/infra/bin/smoke.js'], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('Usage: node') });
  });
});

describe('the canary', () => {
  test('is content with a server that answers well', async () => {
    process.env['BASE_URL'] = await answerWith(good);
    expect(await handler()).toBe(`${probes.length} as expected`);
  });

  test('fails with every problem', async () => {
    process.env['BASE_URL'] = await answerWith({ ...good, '/musica': [503, {}], '/movies': [200, {}] });
    await expect(handler()).rejects.toThrow(/^mimo: .*\nmusiccloud: expected 200, got 503: \{\}$/);
  });
});
