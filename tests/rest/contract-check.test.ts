import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type SampleRequest, samples, sendSample, trustingVerifier } from '../support/dialect-samples.js';
import { sqlite } from '../support/engines.js';
import { send } from '../support/http.js';
import { type Replier, type Reply, startReplier } from '../support/replier.js';
import { startServer } from '../support/server.js';
import { exchange } from '../support/wire.js';

let replier: Replier;
beforeEach(async () => {
  replier = await startReplier();
});
afterEach(() => replier.close());

describe('a response of a dialect that its contract does not describe fails the test that got it', () => {
  test.each(samples)('of $name: another property, status or content type', async ({ read }) => {
    const good = await answerOf(read);
    for (const [reply, problem] of [
      [{ ...good, body: withMore(good.body) }, 'must NOT have additional properties'],
      [{ ...good, status: 418 }, 'it lists 200'],
      [{ ...good, headers: { ...good.headers, 'content-type': 'text/html' } }, 'not text/html'],
    ] as const) {
      replier.reply = reply;
      await expect(send(replier.url + read.path)).rejects.toThrow(problem);
      await expect(exchange(replier.url, { path: read.path })).rejects.toThrow(problem);
    }
  });

  test.each(samples)('of $name: while one that it does is let pass', async ({ read }) => {
    replier.reply = await answerOf(read);
    expect((await send(replier.url + read.path)).body).toEqual(replier.reply.body);
  });

  test('and paths that no dialect owns are held to none', async () => {
    replier.reply = { status: 418, body: 'anything' };
    expect((await send(`${replier.url}/nothing`)).status).toBe(418);
  });
});

/** Of the connection, and not of the answer. */
const hopHeaders = ['connection', 'keep-alive', 'date', 'content-length'];

/** What a real server answers. */
async function answerOf(read: SampleRequest): Promise<Reply> {
  const server = await startServer(sqlite, { tokenVerifier: trustingVerifier });
  try {
    const { headers, body } = await sendSample(server.url, read);
    return { headers: Object.fromEntries([...headers].filter(([name]) => !hopHeaders.includes(name))), body };
  } finally {
    await server.close();
  }
}

/** An answer with a property that no contract names: it, or its first item. */
function withMore(answer: unknown): unknown {
  return Array.isArray(answer) ? answer.map(withMore) : { ...(answer as object), unheardOf: 1 }; // JSON of a dialect is made of objects
}
