import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { answerFileErrors } from '../../server/http/file-errors.js';
import { limitByAddress } from '../../server/http/rate-limit.js';
import { createRateLimiters } from '../../server/limits/rate-limiters.js';
import { send } from '../support/http.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Serves a route that an address may ask so often. @returns its URL */
async function serveLimited(requests: number): Promise<string> {
  const limiters = createRateLimiters({ enabled: true, redis: undefined, countLimit: () => {} });
  const handler = express();
  handler.set('trust proxy', true);
  handler.post(
    '/',
    limitByAddress(limiters, { name: 'test', quota: requests, windowSeconds: 60 }),
    (_request, response) => void response.end('done'),
  );
  handler.use(answerFileErrors(pino({ level: 'silent' })));
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
}

test('an address may ask so often, and is then told in the protocol’s words when to come back', async () => {
  const url = await serveLimited(2);
  const responses = [];
  for (let count = 0; count < 3; count++) responses.push(await send(url, { method: 'POST' }));
  expect(responses.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(responses[2]?.text).toEqual(expect.stringMatching(/^{"error":"RATE_LIMITED","message":"Too many attempts/));
  const seconds = Number(responses[2]?.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(60);
});

test('requests at the same time count as those one after another', async () => {
  const url = await serveLimited(3);
  const statuses = await Promise.all(
    Array.from({ length: 10 }, async () => (await send(url, { method: 'POST' })).status),
  );
  expect(statuses.filter((status) => status === 200)).toHaveLength(3);
});

test('each address has its own', async () => {
  const url = await serveLimited(1);
  const from = async (address: string) =>
    (await send(url, { method: 'POST', headers: { 'x-forwarded-for': address } })).status;
  expect([await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.1')]).toEqual([200, 200, 429]);
});
