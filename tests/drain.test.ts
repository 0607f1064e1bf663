import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { samples } from './support/dialect-samples.js';
import { eventually } from './support/faults.js';
import { keys, send } from './support/http.js';
import { type ServerProcess, startServerProcess } from './support/process.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'filmgraph-drain-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const start = (drainDelayMs: number) =>
  startServerProcess({ DATABASE_URL: `sqlite:${join(folder, 'drain.sqlite')}`, DRAIN_DELAY_MS: String(drainDelayMs) });
const readiness = ({ url }: ServerProcess) => send(`${url}/ready`);

const body = JSON.stringify({ query: 'mutation { rateMovie(input: { movieId: "20", score: 4 }) { created } }' });

/** A rating whose body is sent when the test says so. */
function beginRating({ url }: ServerProcess): ClientRequest {
  const headers = { 'content-type': 'application/json', 'x-api-key': keys.john, 'content-length': body.length };
  const rating = request(`${url}/graphql`, { method: 'POST', headers });
  rating.flushHeaders();
  return rating;
}

/** Sends the body. @returns the head of the answer, once it is known that the rating was made */
async function finish(rating: ClientRequest): Promise<IncomingMessage> {
  rating.end(body);
  const [response] = (await once(rating, 'response')) as [IncomingMessage]; // what a client request emits
  expect(JSON.parse(await text(response))).toEqual({ data: { rateMovie: { created: expect.any(Boolean) } } });
  return response;
}

describe('a server that is told to stop', () => {
  it('says so, serves on for a while, and tells every client to connect anew', async () => {
    const server = await start(3_000);
    const rating = beginRating(server);
    await once(rating, 'socket');
    expect((await send(server.url)).headers.get('connection')).toBe('keep-alive');
    const ended = server.end('SIGTERM');
    const ready = await eventually(
      () => readiness(server),
      ({ status }) => status === 503,
    );
    expect(ready.body).toEqual({ status: 'unavailable', reason: 'draining' });
    for (const path of [
      '/',
      '/health',
      '/openapi.json',
      ...samples.map(({ read }) => read.path),
      '/graphql?query={__typename}',
      '/nowhere',
    ]) {
      const { status, headers } = await send(server.url + path, { headers: { 'apollo-require-preflight': '1' } });
      expect([path, headers.get('connection')]).toEqual([path, 'close']);
      // Serving on means to answer as ever, also who may not ask.
      expect([200, 401, path === '/nowhere' ? 404 : 200]).toContain(status);
    }
    const { statusCode, headers } = await finish(rating);
    expect([statusCode, headers.connection]).toEqual([200, 'close']);
    expect(await ended).toBe(0);
    expect(server.output()).toContain('"stopped"');
  });

  it('finishes a request that is under way when it takes no more', async () => {
    const server = await start(0);
    const rating = beginRating(server);
    await once(rating, 'socket');
    // An answer on another connection means that the server has seen the first request's head, sent before it.
    await readiness(server);
    const ended = server.end('SIGTERM');
    await eventually(
      () => readiness(server).catch(() => undefined),
      (answer) => answer === undefined,
    );
    expect((await finish(rating)).statusCode).toBe(200);
    expect(await ended).toBe(0);
  });

  it('waits for nobody who is connected and asks nothing', async () => {
    const server = await start(0);
    const silent = connect(Number(new URL(server.url).port), '127.0.0.1');
    await once(silent, 'connect');
    const closed = once(silent, 'close');
    expect(await server.end('SIGTERM')).toBe(0);
    await closed;
  });

  it('is not made to wait by someone at a terminal, nor by a second signal', async () => {
    const [interrupted, insisted] = [await start(15_000), await start(15_000)];
    const ended = insisted.end('SIGTERM');
    await eventually(
      () => readiness(insisted),
      ({ status }) => status === 503,
    );
    expect(await Promise.all([interrupted.end('SIGINT'), insisted.end('SIGTERM'), ended])).toEqual([0, 0, 0]);
  });
});
