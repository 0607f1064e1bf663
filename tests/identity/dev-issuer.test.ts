import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Environment } from '../../server/config.js';
import { createDevIssuer, type DevIssuer, openDevIssuer } from '../../server/identity/dev-issuer.js';
import { createTokenVerifier } from '../../server/identity/jose-token-verifier.js';
import type { TokenVerifier } from '../../server/identity/token-verifier.js';
import { createKey, signRs256 } from '../support/identity-provider.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'filmgraph-issuer-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trust = (local?: DevIssuer): TokenVerifier =>
  createTokenVerifier({ issuers: [], audiences: [] }, pino({ level: 'silent' }), { local });

describe('the development issuer', () => {
  test('signs for a person, who is the same one under the same name', async () => {
    const issuer = await createDevIssuer();
    const tokens = [
      await issuer.signPerson({ name: 'Ada Lovelace' }),
      await issuer.signPerson({ name: 'ada lovelace' }),
    ];
    const [first, second] = await Promise.all(tokens.map((token) => trust(issuer).verify(token)));
    expect(first).toEqual({
      kind: 'person',
      issuer: issuer.issuer,
      subject: 'dev:ada lovelace',
      scopes: new Set(),
      name: 'Ada Lovelace',
      email: undefined,
    });
    expect(second).toMatchObject({ subject: 'dev:ada lovelace' });
  });

  test('signs for a program with scopes', async () => {
    const issuer = await createDevIssuer();
    const token = await issuer.signClient({ clientId: 'importer', scope: 'movies:read movies:write' });
    const scopes = new Set(['movies:read', 'movies:write']);
    expect(await trust(issuer).verify(token)).toEqual({
      kind: 'service',
      issuer: issuer.issuer,
      clientId: 'importer',
      scopes,
    });
  });

  test('is trusted only where it is asked for, and with its own key', async () => {
    const issuer = await createDevIssuer();
    const token = await issuer.signPerson({ name: 'Ada' });
    const [header, payload] = token.split('.');
    const forged = `${header}.${payload}.${signRs256(`${header}.${payload}`, createKey('dev'))}`;
    expect(await trust().verify(token)).toBeUndefined();
    expect(await trust(await createDevIssuer()).verify(token)).toBeUndefined();
    expect(await trust(issuer).verify(forged)).toBeUndefined();
  });

  test('keeps its key for its owner alone, so that the server trusts what a command signed', async () => {
    const file = join(folder, 'data', 'issuer.json');
    const [first, second] = await Promise.all([openDevIssuer('development', file), openDevIssuer('development', file)]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const later = await openDevIssuer('development', file);
    for (const issuer of [first, second]) {
      expect(await trust(later).verify(await issuer.signPerson({ name: 'Ada' }))).toMatchObject({ kind: 'person' });
    }
  });

  test('publishes nothing of its private key', async () => {
    const file = join(folder, 'published.json');
    const { jwks } = await openDevIssuer('development', file);
    const { d } = JSON.parse(readFileSync(file, 'utf8'));
    expect(d).toMatch(/^[\w-]{300,}$/);
    expect(JSON.stringify(jwks)).not.toContain(d);
  });

  test.each<Environment>(['production', 'test'])('does not exist where NODE_ENV=%s', async (environment) => {
    const file = join(folder, `${environment}.json`);
    await expect(openDevIssuer(environment, file)).rejects.toThrow('only where NODE_ENV=development');
    expect(() => statSync(file)).toThrow('ENOENT');
  });

  test('says what to do about a file that holds no key', async () => {
    const file = join(folder, 'broken.json');
    writeFileSync(file, 'no key');
    await expect(openDevIssuer('development', file)).rejects.toThrow(`${file} holds no key. Delete it`);
  });
});
