import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a server that keeps no contract answers to everything. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server that answers as it is told. */
export interface Replier {
  readonly url: string;
  reply: Reply;
  close(): Promise<void>;
}

/** Starts a server that answers everything alike: in JSON, unless `reply.headers` say otherwise. */
export async function startReplier(): Promise<Replier> {
  const server = createServer((_request, response) => {
    const { status = 200, headers = { 'content-type': 'application/json' }, body } = replier.reply;
    response.writeHead(status, headers);
    response.end(body === undefined ? undefined : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const replier: Replier = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server's address is never a string
    reply: {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return replier;
}
