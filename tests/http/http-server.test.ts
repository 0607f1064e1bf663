import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHttpServer } from '../../server/http/http-server.js';

describe('what is no request', () => {
  let server: Server;
  beforeAll(async () => {
    const patience = { headersMs: 300, requestMs: 600, checkMs: 50 };
    server = createHttpServer((request, response) => {
      if (request.url === '/headers') response.end(String(request.headers['x-last']));
      else if (request.url === '/begun') response.write('begun');
      else request.resume().on('end', () => response.end('done'));
    }, patience);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Sends bytes as they are and reads until the server hangs up. */
  const exchange = (bytes: string) =>
    new Promise<string>((resolve) => {
      const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      let text = '';
      socket.on('data', (chunk) => (text += chunk)).on('error', () => {});
      socket.on('close', () => resolve(text));
    });
  const head = 'POST / HTTP/1.1\r\nHost: a\r\n';

  it.each([
    ['headers of more than 16 KiB', `${head}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    ['headers that do not end', head, 408],
    ['something that is not HTTP', 'no request\r\n\r\n', 400],
    ['two lengths', `${head}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, 400],
  ])('is answered in JSON: %s', async (_what, bytes, status) => {
    const answer = await exchange(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} .*\r\n`));
    expect(answer).toMatch(/\r\nConnection: close\r\nContent-Type: application\/json/);
    const body = JSON.parse(answer.split('\r\n\r\n')[1] ?? '');
    expect(body).toEqual({ error: expect.any(String), message: body.error });
  });

  it('gets no second answer in the middle of one', async () => {
    const answer = await exchange('POST /begun HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n');
    expect(answer.match(/HTTP\/1\.1/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });

  it('loses none of many small headers', async () => {
    const many = 'a:\r\n'.repeat(3_000);
    const answer = await exchange(
      `GET /headers HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${many}x-last: here\r\n\r\n`,
    );
    expect(answer).toMatch(/\r\n\r\nhere$/);
  });
});
