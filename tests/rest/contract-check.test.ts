import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { send } from '../support/http.js';
import { exchange } from '../support/wire.js';

const film = { id: 1, title: 'Inception', genre: 'Sci-Fi', duration: 148, rating: 4.25 };
const json = { 'content-type': 'application/json' };

/** What a server that keeps no contract answers to everything. */
interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

describe('a response of a dialect that its contract does not describe fails the test that got it', () => {
  let reply: Reply;
  let server: Server;
  let url: string;

  beforeEach(async () => {
    server = createServer((_request, response) => {
      response.writeHead(reply.status ?? 200, reply.headers ?? json);
      response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each<[string, string, Reply, string]>([
    ['another property', '/movies/1', { body: { ...film, director: null } }, 'must NOT have additional properties'],
    ['a missing one', '/movies/1', { body: { ...film, rating: undefined } }, "must have required property 'rating'"],
    ['another type', '/movies/1', { body: { ...film, id: '1' } }, 'it/id must be integer'],
    ['a status that is not listed', '/movies/1', { status: 418, body: film }, 'it lists 200, 304, 400'],
    ['another content type', '/movies/1', { headers: { 'content-type': 'text/html' }, body: film }, 'not text/html'],
    [
      'a missing header',
      '/api/movies',
      { status: 401, body: { detail: '' } },
      'the header WWW-Authenticate is missing',
    ],
    ['an unknown path that is there', '/movies/1/nothing', { body: film }, 'it lists 400, 401, 403, 404'],
    ['a path in other case, with a slash', '/Movies/1/', { body: {} }, 'must have required property'],
  ])('%s', async (_what, path, answer, problem) => {
    reply = answer;
    await expect(send(url + path)).rejects.toThrow(problem);
    await expect(exchange(url, { path })).rejects.toThrow(problem);
  });

  test('while one that it does is let pass', async () => {
    reply = { body: film };
    expect((await send(`${url}/movies/1`)).body).toEqual(film);
  });

  test('and paths that no dialect owns are held to none', async () => {
    reply = { status: 418, body: 'anything' };
    expect((await send(`${url}/nothing`)).status).toBe(418);
  });
});
