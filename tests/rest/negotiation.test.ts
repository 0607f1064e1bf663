import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { samples, sendSample, trustingVerifier as tokenVerifier } from '../support/dialect-samples.js';
import { sqlite } from '../support/engines.js';
import { startServer, type TestServer } from '../support/server.js';

describe('who reads', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(sqlite, { tokenVerifier });
  });
  afterAll(() => server.close());

  const statusFor = async ({ read }: (typeof samples)[number], accept: string) =>
    (await sendSample(server.url, read, { headers: { accept } })).status;

  test.each(samples)('$name and takes no JSON is answered 406, in JSON', async (sample) => {
    for (const accept of ['text/html', 'application/xml', 'image/png', 'text/*', 'application/json;q=0']) {
      expect([accept, await statusFor(sample, accept)]).toEqual([accept, 406]);
    }
    expect((await sendSample(server.url, sample.read, { headers: { accept: 'text/html' } })).body).toEqual(
      expect.any(Object),
    );
  });

  test.each(samples)('$name and takes JSON among others has it', async (sample) => {
    for (const accept of [
      '*/*',
      'application/*',
      'text/html, application/json;q=0.1',
      'application/json;charset=utf-8',
    ])
      expect([accept, await statusFor(sample, accept)]).toEqual([accept, 200]);
  });
});
