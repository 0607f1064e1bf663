import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** How long clients may take; see docs/limits.md. */
export interface Patience {
  /** Until the headers of a request are there. */
  readonly headersMs: number;
  /** Until all of a request is there. */
  readonly requestMs: number;
  /** How often Node looks for those who took longer. */
  readonly checkMs: number;
}

/** An upload of 5 MiB gets through at 350 kbit/s. */
const defaultPatience: Patience = { headersMs: 30_000, requestMs: 120_000, checkMs: 5_000 };
const maxHeaderBytes = 16 * 1024;
/** Longer than a load balancer keeps an idle connection (60 s), so that the server never closes one it just reused. */
const keepAliveTimeoutMs = 65_000;
/**
 * How many connections may wait until they are taken; the system may allow less (Linux: `net.core.somaxconn`). Of those
 * that come when as many wait, Linux tells clients that they are connected, and then that they are not.
 */
export const connectionBacklog = 4096;

/** A server that answers what is no request, or none in time, in JSON as it does everything else, and hangs up. */
export function createHttpServer(handler: RequestListener, patience: Patience = defaultPatience): Server {
  const server = createServer(
    {
      keepAliveTimeout: keepAliveTimeoutMs,
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: patience.headersMs,
      requestTimeout: patience.requestMs,
      connectionsCheckingInterval: patience.checkMs,
    },
    handler,
  );
  // Node drops headers past a number without a word, and a credential might be among them. Their size is limited.
  server.maxHeadersCount = 0;
  const answering = new WeakSet<Duplex>();
  server.on('request', ({ socket }, response) => {
    answering.add(socket);
    response.once('close', () => answering.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // In the middle of an answer another one would be part of it.
    if (socket.writable && error.code !== 'ECONNRESET' && !answering.has(socket)) socket.write(answerTo(error));
    socket.destroy();
  });
  return server;
}

const statuses: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

function answerTo({ code = '' }: NodeJS.ErrnoException): string {
  const status = statuses[code] ?? 400;
  const text = String(STATUS_CODES[status]);
  const body = JSON.stringify({ error: text, message: text });
  const headers = ['Connection: close', 'Content-Type: application/json; charset=utf-8', 'Cache-Control: no-store'];
  const head = [`HTTP/1.1 ${status} ${text}`, ...headers, `Content-Length: ${Buffer.byteLength(body)}`];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
