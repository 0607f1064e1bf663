import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import express from 'express';
import { pino } from 'pino';
import { answerFileErrors } from '../../server/http/file-errors.js';
import { LoadLimit, type LoadLimits } from '../../server/http/load-limit.js';
import { shedLoad } from '../../server/http/load-shedding.js';
import { send } from '../support/http.js';

const silent = pino({ level: 'silent' });
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** Serves requests that last until they are let go. */
async function serve(limits: LoadLimits) {
  const held: (() => void)[] = [];
  const handler = express();
  handler.get('/', shedLoad(silent, limits).gate, (_request, response) => void held.push(() => response.end('done')));
  handler.use(answerFileErrors(silent));
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
  const ask = async () => (await send(url)).status;
  const letGo = () => {
    for (const end of held.splice(0)) end();
  };
  return { url, ask, letGo, held };
}

/** Late from the first moment on. */
const late = Number.NEGATIVE_INFINITY;
const never = Number.POSITIVE_INFINITY;

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

test('a late process with as many requests as it can take refuses the next one, until one is answered', async () => {
  const { url, ask, letGo, held } = await serve({ requests: 2, lateMs: late, lastingLateMs: never, least: 2 });
  const taken = [ask(), ask()];
  await until(() => held.length === 2);
  const refused = await send(url);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  letGo();
  expect(await Promise.all(taken)).toEqual([200, 200]);
  const next = ask();
  await until(() => held.length === 1);
  letGo();
  expect(await next).toBe(200);
});

test('many requests that only wait refuse nobody', async () => {
  const { ask, letGo, held } = await serve({ requests: 2, lateMs: never, lastingLateMs: never, least: 2 });
  const taken = Array.from({ length: 10 }, ask);
  await until(() => held.length === 10);
  letGo();
  expect(await Promise.all(taken)).toEqual(Array(10).fill(200));
});

test('a process that stays late with few requests refuses nobody', async () => {
  const limit = new LoadLimit({ requests: 10, lateMs: late, lastingLateMs: late, least: 2 });
  for (let begun = 0; begun < 9; begun++) expect(limit.begin()).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(limit.begin()).toBe(true);
  expect(limit.begin()).toBe(false);
});

test('a process that stays late takes fewer and fewer requests, and then more again', async () => {
  const limits = { requests: 10, lateMs: never, lastingLateMs: late, least: 2 };
  const limit = new LoadLimit(limits);
  const room = () => {
    let begun = 0;
    while (begun < 20 && limit.begin()) begun += 1;
    for (let ended = 0; ended < begun; ended++) limit.end();
    return begun;
  };
  await until(() => room() < 10);
  await until(() => room() === 2);
  limits.lastingLateMs = never;
  await until(() => room() === 20);
  expect(room()).toBe(20);
});
