import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { UnavailableError } from '../../server/domain/errors.js';
import { createTokenVerifier } from '../../server/identity/jose-token-verifier.js';
import type { KeyTiming } from '../../server/identity/remote-keys.js';
import type { TokenVerifier } from '../../server/identity/token-verifier.js';
import {
  type Behaviour,
  createKey,
  type IdentityProvider,
  publish,
  startIdentityProvider,
} from '../support/identity-provider.js';

const outages: readonly Behaviour[] = ['error', 'garbage', 'reset', 'hang', 'redirect', 'huge'];
const cooldownMs = 100;
const timeoutMs = 300;
const next = createKey('next');

let provider: IdentityProvider;

beforeEach(async () => {
  provider = await startIdentityProvider();
});

afterEach(() => provider.close());

/** Without discovery unless told; with short times. */
function createVerifier({
  discover = false,
  ...timing
}: Partial<KeyTiming> & { discover?: boolean } = {}): TokenVerifier {
  const { issuer, jwksUrl } = provider;
  return createTokenVerifier(
    { issuers: [{ issuer, jwksUrl: discover ? undefined : jwksUrl }], audiences: ['films'] },
    pino({ level: 'silent' }),
    { timing: { cooldownMs, timeoutMs, ...timing } },
  );
}

const verified = { kind: 'person', subject: 'ada' };

describe('the keys of an issuer', () => {
  test('are asked for once, for however many tokens', async () => {
    const verifier = createVerifier();
    const first = await Promise.all(Array.from({ length: 20 }, () => verifier.verify(provider.token())));
    await sleep(cooldownMs);
    expect([...first, await verifier.verify(provider.token())]).toEqual(
      Array.from({ length: 21 }, () => expect.objectContaining(verified)),
    );
    expect(provider.asked).toEqual(['/realm/keys']);
  });

  test('are found through its metadata, which are asked for once', async () => {
    const verifier = createVerifier({ discover: true });
    expect(await verifier.verify(provider.token())).toMatchObject(verified);
    provider.publish(publish(provider.key), publish(next));
    await sleep(cooldownMs);
    expect(await verifier.verify(provider.token({ key: next }))).toMatchObject(verified);
    expect(provider.asked).toEqual(['/realm/.well-known/openid-configuration', '/realm/keys', '/realm/keys']);
  });

  test('need no name when there is one', async () => {
    expect(await createVerifier().verify(provider.token({ header: { kid: undefined } }))).toMatchObject(verified);
  });

  test('rotate without a restart: a new one works at once, an old one until it is gone', async () => {
    const verifier = createVerifier();
    await verifier.verify(provider.token());
    provider.publish(publish(provider.key), publish(next));
    await sleep(cooldownMs);
    expect(await verifier.verify(provider.token({ key: next }))).toMatchObject(verified);
    expect(await verifier.verify(provider.token())).toMatchObject(verified);
    provider.publish(publish(next));
    await sleep(cooldownMs);
    expect(await verifier.verify(provider.token({ header: { kid: 'unknown' } }))).toBeUndefined();
    expect(await verifier.verify(provider.token())).toBeUndefined();
    expect(await verifier.verify(provider.token({ key: next }))).toMatchObject(verified);
  });

  test('are found when they appear a moment after the last look', async () => {
    const verifier = createVerifier({ cooldownMs: 60_000 });
    await verifier.verify(provider.token());
    provider.publish(publish(provider.key), publish(next));
    expect(await verifier.verify(provider.token({ key: next }))).toMatchObject(verified);
  });

  test('are not asked for by a stream of tokens with unknown ones, one after the other', async () => {
    const verifier = createVerifier({ cooldownMs: 60_000 });
    for (let index = 0; index < 20; index++) {
      expect(await verifier.verify(provider.token({ key: next, header: { kid: `u${index}` } }))).toBeUndefined();
    }
    expect(provider.asked).toHaveLength(3);
  });

  test('are asked for again with age, which a valid token does not wait for', async () => {
    const verifier = createVerifier({ maxAgeMs: 1_500 });
    await verifier.verify(provider.token());
    provider.publish(publish(next));
    await sleep(1_600);
    expect(await verifier.verify(provider.token())).toMatchObject(verified);
    await sleep(100);
    expect(await verifier.verify(provider.token())).toBeUndefined();
  });

  test('that were not needed for long are asked for before they count', async () => {
    const verifier = createVerifier({ maxAgeMs: 100 });
    await verifier.verify(provider.token());
    provider.publish(publish(next));
    await sleep(250);
    expect(await verifier.verify(provider.token())).toBeUndefined();
  });

  test('are not asked for by a flood of tokens with unknown ones', async () => {
    const verifier = createVerifier({ cooldownMs: 1000 });
    await verifier.verify(provider.token());
    await sleep(1000);
    const flood = Array.from({ length: 200 }, (_, index) =>
      provider.token({ key: next, header: { kid: `u${index}` } }),
    );
    expect(new Set(await Promise.all(flood.map((token) => verifier.verify(token))))).toEqual(new Set([undefined]));
    expect(provider.asked).toHaveLength(2);
  });
});

describe('an issuer that is down or lies', () => {
  test.each(outages)('keeps nobody out whose key is known, and does not make them wait: %s', async (outage) => {
    const patience = 10_000;
    // Twice as old, they would have to be asked for first: a busy machine must not take that long to come back.
    const maxAgeMs = 1_500;
    const verifier = createVerifier({ maxAgeMs, timeoutMs: patience });
    await verifier.verify(provider.token());
    provider.behave(outage);
    await sleep(maxAgeMs + 50);
    for (let count = 0; count < 4; count++) {
      // Whoever waited for the provider would still wait when it is given up; a cached key answers long before.
      const answer = await Promise.race([
        verifier.verify(provider.token()),
        sleep(patience / 2, undefined, { ref: false }),
      ]);
      expect(answer).toMatchObject(verified);
      await sleep(50);
    }
    expect(provider.asked.length).toBeGreaterThan(1);
  });

  test.each(outages)('makes a token of an unknown key unanswerable, soon: %s', async (outage) => {
    const verifier = createVerifier();
    await verifier.verify(provider.token());
    await sleep(cooldownMs);
    provider.behave(outage);
    provider.publish(publish(next));
    const start = performance.now();
    await expect(verifier.verify(provider.token({ key: next }))).rejects.toBeInstanceOf(UnavailableError);
    expect(performance.now() - start).toBeLessThan(timeoutMs + 5_000);
  });

  test('from the start makes every token unanswerable, until it is back', async () => {
    const verifier = createVerifier({ discover: true });
    provider.behave('error');
    await expect(verifier.verify(provider.token())).rejects.toBeInstanceOf(UnavailableError);
    provider.behave('keys');
    await sleep(cooldownMs);
    expect(await verifier.verify(provider.token())).toMatchObject(verified);
  });

  test('is left alone for a while after failing again and again', async () => {
    const verifier = createVerifier({ failures: 2, pauseMs: 600 });
    await verifier.verify(provider.token());
    provider.behave('error');
    for (let count = 0; count < 4; count++) {
      await sleep(cooldownMs);
      await expect(verifier.verify(provider.token({ key: next }))).rejects.toBeInstanceOf(UnavailableError);
    }
    expect(provider.asked).toHaveLength(3);
    provider.behave('keys');
    provider.publish(publish(next));
    await sleep(600);
    expect(await verifier.verify(provider.token({ key: next }))).toMatchObject(verified);
  });

  test.each([
    ['another issuer', { issuer: 'http://evil.example' }],
    ['no address of keys', { jwks_uri: undefined }],
    ['a file', { jwks_uri: 'file:///etc/keys.json' }],
    ['no URL', { jwks_uri: 'keys' }],
  ])('is not believed when its metadata name %s', async (_name, metadata) => {
    provider.describe(metadata);
    const verifier = createVerifier({ discover: true });
    await expect(verifier.verify(provider.token())).rejects.toBeInstanceOf(UnavailableError);
    expect(provider.asked).toEqual(['/realm/.well-known/openid-configuration']);
  });
});
