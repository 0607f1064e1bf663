import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startCommand } from '../support/commands.js';
import { findFreePort } from '../support/mysql-server.js';

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

/** A server that is alive and not ready. @returns its port */
function startUnready(): Promise<number> {
  const listening = createServer((request, response) => {
    response.writeHead(request.url === '/health' ? 200 : 503).end();
  });
  server = listening;
  return new Promise((resolve) => {
    listening.listen(0, '127.0.0.1', () => resolve((listening.address() as AddressInfo).port)); // a TCP server's
  });
}

describe('the image’s health check', () => {
  test('succeeds while the server answers 200 on /health', async () => {
    const port = await startUnready();
    const { result } = startCommand('check-health', [], { PORT: String(port), NODE_ENV: 'production' });
    expect(await result).toEqual({ code: 0, stdout: '/health answered 200.\n', stderr: '' });
  });

  test('fails with what was answered instead', async () => {
    const port = await startUnready();
    const { result } = startCommand('check-health', ['/ready'], { PORT: String(port) });
    expect(await result).toEqual({ code: 1, stdout: '', stderr: '/ready answered 503.\n' });
  });

  test('fails when nothing answers', async () => {
    const port = await findFreePort();
    const { result } = startCommand('check-health', [], { PORT: String(port) });
    const stderr = `http://127.0.0.1:${port}/health did not answer.\n`;
    expect(await result).toEqual({ code: 1, stdout: '', stderr });
  });

  test('says how it is typed', async () => {
    const { code, stderr } = await startCommand('check-health', ['ready'], {}).result;
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Usage: node dist/server/cli') });
  });
});
