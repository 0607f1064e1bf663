import { afterEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import {
  ConflictError,
  InvalidError,
  NotFoundError,
  UnauthenticatedError,
  UnavailableError,
} from '../../../server/domain/errors.js';
import type { PersonToken, TokenVerifier } from '../../../server/identity/token-verifier.js';
import { answers } from '../../../server/rest/movielens/errors.js';
import { answerErrors } from '../../../server/rest/shared/answers.js';
import { sqlite } from '../../support/engines.js';
import { send } from '../../support/http.js';
import { startServer, type TestServerOptions } from '../../support/server.js';
import { startMovieLens, tokenVerifier } from './films.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function ask(path: string, token: string, options: TestServerOptions = {}) {
  const server = await startMovieLens(sqlite, options);
  cleanups.push(() => server.close());
  return send(server.url + path, { headers: { authorization: `Bearer ${token}` } });
}

describe('a required scope (R11)', () => {
  const variables = { MOVIELENS_SCOPE: 'movies:read' };

  test('lets a token pass that was granted it', async () => {
    expect((await ask('/api/movies/1', 'service', { variables })).status).toBe(200);
  });

  test.each(['/api/movies', '/api/movies?page=0', '/api/movies/999'])(
    'refuses one that was not, on %s',
    async (path) => {
      const response = await ask(path, 'person', { variables });
      expect(response.status).toBe(403);
      expect(response.text).toBe('{"detail":"Insufficient permissions"}');
    },
  );

  test('refuses a credential that is granted nothing in particular', async () => {
    const token: PersonToken = {
      kind: 'person',
      issuer: 't',
      subject: 's',
      scopes: new Set(),
      name: 'N',
      email: undefined,
    };
    const ungranted: TokenVerifier = { verify: () => Promise.resolve(token) };
    expect((await ask('/api/movies/1', 'any', { variables, tokenVerifier: ungranted })).status).toBe(403);
  });

  test('comes after the token', async () => {
    expect((await ask('/api/movies/1', 'nobody', { variables })).status).toBe(401);
  });
});

describe('a token that cannot be checked', () => {
  const unavailable: TokenVerifier = { verify: () => Promise.reject(new UnavailableError()) };

  test('is answered 503', async () => {
    const response = await ask('/api/movies', 'any', { tokenVerifier: unavailable });
    expect(response.status).toBe(503);
    expect(response.text).toBe('{"detail":"Service Unavailable"}');
    expect(response.headers.get('retry-after')).toBe('5');
  });
});

describe('a server without tokens', () => {
  test('refuses every one', async () => {
    const server = await startServer(sqlite);
    cleanups.push(() => server.close());
    const response = await send(`${server.url}/api/movies`, { headers: { authorization: 'Bearer person' } });
    expect(response.status).toBe(401);
  });
});

describe('a database without its tables', () => {
  test('is answered 500, and nothing of what went wrong', async () => {
    const server = await startServer(sqlite, { demo: false, tokenVerifier });
    cleanups.push(() => server.close());
    await server.app.database.orm.migrator.down({ to: 0 });
    const response = await send(`${server.url}/api/movies`, { headers: { authorization: 'Bearer person' } });
    expect(response.status).toBe(500);
    expect(response.text).toBe('{"detail":"Internal server error"}');
    expect(response.headers.get('content-type')).toBe('application/json');
  });
});

describe('a domain error that no request causes today', () => {
  test.each([
    [new NotFoundError('user'), 404, '{"detail":"User not found"}'],
    [new ConflictError('emailTaken'), 409, '{"detail":"Email already registered"}'],
    [new UnauthenticatedError(), 401, '{"detail":"Invalid or expired token"}'],
    [
      new InvalidError('after', 'something else'),
      422,
      '{"detail":[{"type":"value_error","loc":["query","after"],"msg":"after: expected something else.","input":null}]}',
    ],
  ] as const)('has its answer: %s', async (error, status, text) => {
    const handler = express();
    handler.use(
      () => {
        throw error;
      },
      answerErrors(pino({ level: 'silent' }), answers),
    );
    const server = handler.listen(0, '127.0.0.1');
    cleanups.push(() => new Promise((resolve) => server.close(resolve)));
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const response = await send(`http://127.0.0.1:${port}/`, { headers: { connection: 'close' } });
    expect({ status: response.status, text: response.text }).toEqual({ status, text });
  });
});
