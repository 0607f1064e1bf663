import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { createApp, dialectNames } from '../../../server/app.js';
import { readConfig } from '../../../server/config.js';
import { ConflictError, InvalidError, NotFoundError, UnavailableError } from '../../../server/domain/errors.js';
import { answers } from '../../../server/rest/mimo/errors.js';
import { answerErrors } from '../../../server/rest/shared/answers.js';
import { keys, send } from '../../support/http.js';
import { findFreePort } from '../../support/mysql-server.js';

const silent = pino({ level: 'silent' });
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('a database without its tables', () => {
  test('is answered 500, and nothing of what went wrong', async () => {
    const url = await serveDatabase('sqlite::memory:');
    const response = await send(`${url}/movies`);
    expect(response.status).toBe(500);
    expect(response.text).toBe('{"error":"Internal Server Error","message":"Internal Server Error"}');
    expect(response.headers.get('vary')).toBe('Accept');
  });

  test('is logged with the id of the request', async () => {
    const lines: string[] = [];
    const url = await serveDatabase('sqlite::memory:', pino({ level: 'error' }, { write: (line) => lines.push(line) }));
    await send(`${url}/movies`, { headers: { 'x-request-id': 'the-request' } });
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ requestId: 'the-request', err: expect.objectContaining({ type: 'Error' }) }),
    ]);
  });
});

describe('a database that cannot be reached', () => {
  test.each(['/movies', '/movies/1', '/movies/1/ratings', '/watchlist/1'])('is answered 503 on %s', async (path) => {
    const url = await serveDatabase(`mysql://nobody:nothing@127.0.0.1:${await findFreePort()}/none`);
    const response = await send(url + path, { apiKey: keys.john });
    expect(response.status).toBe(503);
    expect(response.text).toBe('{"error":"Service Unavailable","message":"Service Unavailable"}');
    expect(response.headers.get('retry-after')).toBe('5');
  });

  test('is not asked about a request that is refused without it', async () => {
    const url = await serveDatabase(`mysql://nobody:nothing@127.0.0.1:${await findFreePort()}/none`);
    expect((await send(`${url}/movies/abc`)).status).toBe(400);
    expect((await send(`${url}/watchlist/1`)).status).toBe(401);
  });
});

describe('a domain error that an edge cannot cause today', () => {
  const expected = [
    [new InvalidError('comment', 'something else'), 422, /^\{"message":"comment: .+","error":\[\{"message"/],
    [new NotFoundError('user'), 404, /^\{"error":"User not found","message":"User not found"\}$/],
    [new ConflictError('usernameTaken'), 409, /^\{"error":"Username already taken",/],
    [new Error('wrapped', { cause: new UnavailableError() }), 503, /^\{"error":"Service Unavailable",/],
  ] as const;

  test.each(expected)('has its answer: %s', async (error, status, text) => {
    const handler = express();
    handler.use(
      () => {
        throw error;
      },
      answerErrors(silent, answers),
    );
    const response = await send(await serve(handler));
    expect(response.status).toBe(status);
    expect(response.text).toMatch(text);
  });
});

/** The whole server on a database that nobody prepared. @returns its URL */
async function serveDatabase(databaseUrl: string, logger = silent): Promise<string> {
  const app = await createApp(readConfig({ NODE_ENV: 'test', DATABASE_URL: databaseUrl }, dialectNames), logger);
  cleanups.unshift(() => app.close());
  return serve(app.handler);
}

async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.unshift(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
}
