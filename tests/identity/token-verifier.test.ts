import { constants, generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { createTokenVerifier } from '../../server/identity/jose-token-verifier.js';
import type { TokenVerifier } from '../../server/identity/token-verifier.js';
import {
  createKey,
  encode,
  type IdentityProvider,
  now,
  publish,
  signHmac,
  signRs256,
  startIdentityProvider,
  type TokenChanges,
} from '../support/identity-provider.js';

const silent = pino({ level: 'silent' });
const hour = 3600;
const stranger = createKey('first');
const weak = createKey('weak', 1024);
const encrypting = createKey('encrypting');
const onlyPss = createKey('pss');
const twin = createKey('twin');
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });

let provider: IdentityProvider;
let verifier: TokenVerifier;

beforeAll(async () => {
  provider = await startIdentityProvider();
  provider.publish(
    publish(provider.key),
    publish(weak),
    publish(encrypting, { use: 'enc' }),
    publish(onlyPss, { alg: 'PS256' }),
    publish(twin),
    publish(createKey('twin')),
    { kty: 'oct', kid: 'shared', k: encode('a secret of sixteen'), use: 'sig', alg: 'HS256' },
    { kty: 'RSA', kid: 'broken', n: '!', e: '!' },
  );
  const issuers = [{ issuer: provider.issuer, jwksUrl: provider.jwksUrl }];
  verifier = createTokenVerifier({ issuers, audiences: ['films'] }, silent);
});

afterAll(() => provider.close());

const pem = (): string => provider.key.publicKey.export({ format: 'pem', type: 'spki' }).toString();
const url = (path: string): string => new URL(path, provider.issuer).href;

const accepted: Readonly<Record<string, () => TokenChanges>> = {
  'as issued': () => ({}),
  'for several audiences': () => ({ claims: { aud: ['other', 'films'] } }),
  'with the type of RFC 9068': () => ({ header: { typ: 'at+JWT' } }),
  'without a type': () => ({ header: { typ: undefined } }),
  'expired within the tolerance': () => ({ claims: { exp: now() - 5 } }),
  'from a clock that is slightly ahead': () => ({ claims: { iat: now() + 10, nbf: now() + 10 } }),
};

const refused: Readonly<Record<string, () => TokenChanges>> = {
  // the algorithm
  'alg none': () => ({ header: { alg: 'none' }, signature: () => '' }),
  'alg None': () => ({ header: { alg: 'None' }, signature: () => '' }),
  'alg NONE over a good signature': () => ({ header: { alg: 'NONE' } }),
  'alg nOnE without kid': () => ({ header: { alg: 'nOnE', kid: undefined }, signature: () => '' }),
  'no alg': () => ({ header: { alg: undefined } }),
  'an empty alg': () => ({ header: { alg: '' } }),
  'a list of algs': () => ({ header: { alg: ['RS256'] } }),
  'HS256 with the public PEM': () => ({ header: { alg: 'HS256' }, signature: signHmac(pem()) }),
  'HS256 with the trimmed PEM': () => ({ header: { alg: 'HS256' }, signature: signHmac(pem().trim()) }),
  'HS256 with the DER': () => ({
    header: { alg: 'HS256' },
    signature: signHmac(provider.key.publicKey.export({ format: 'der', type: 'spki' })),
  }),
  'HS256 with a published secret': () => ({
    header: { alg: 'HS256', kid: 'shared' },
    signature: signHmac('a secret of sixteen'),
  }),
  'HS384 with the public PEM': () => ({ header: { alg: 'HS384' }, signature: signHmac(pem(), 'sha384') }),
  'HS256 with nothing': () => ({ header: { alg: 'HS256', kid: '/dev/null' }, signature: signHmac('') }),
  'PS256 with the right key': () => ({
    header: { alg: 'PS256' },
    signature: (input) =>
      sign('sha256', Buffer.from(input), {
        key: provider.key.privateKey,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 32,
      }).toString('base64url'),
  }),
  'ES256 with a key of its own': () => ({
    header: { alg: 'ES256' },
    signature: (input) =>
      sign('sha256', Buffer.from(input), { key: elliptic.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }),
  'RS256 over a signature of RS512': () => ({
    signature: (input) => sign('sha512', Buffer.from(input), provider.key.privateKey).toString('base64url'),
  }),
  // the key
  'another key under the same kid': () => ({ key: stranger }),
  'another key without kid': () => ({ key: stranger, header: { kid: undefined } }),
  'no kid where there are several keys': () => ({ header: { kid: undefined } }),
  'an unknown kid': () => ({ header: { kid: 'nobody' } }),
  'a kid that is SQL': () => ({ header: { kid: "first' OR '1'='1" } }),
  'a kid that is a path': () => ({ header: { kid: '../../../etc/passwd' } }),
  'a kid that is a URL': () => ({ header: { kid: url('/evil') } }),
  'a kid that is an object': () => ({ header: { kid: { first: true } } }),
  'a kid that is a number': () => ({ header: { kid: 0 } }),
  'a kid that is null': () => ({ header: { kid: null } }),
  'kid __proto__': () => ({ key: stranger, header: { kid: '__proto__' } }),
  'a key of 1024 bits': () => ({ key: weak }),
  'a key for encryption': () => ({ key: encrypting }),
  'a key for another algorithm': () => ({ key: onlyPss }),
  'a kid that two keys have': () => ({ key: twin }),
  'a key that cannot be read': () => ({ header: { kid: 'broken' } }),
  'jku of an attacker': () => ({ key: stranger, header: { jku: url('/evil') } }),
  'x5u of an attacker': () => ({ key: stranger, header: { x5u: url('/evil') } }),
  'an embedded jwk': () => ({ key: stranger, header: { jwk: publish(stranger) } }),
  'an embedded x5c': () => ({ key: stranger, header: { x5c: ['MIIB'] } }),
  // the form
  'an unknown critical extension': () => ({ header: { crit: ['zzz'], zzz: 1 } }),
  'an unencoded payload': () => ({ header: { crit: ['b64'], b64: false } }),
  'a critical extension that changes nothing': () => ({ header: { crit: ['b64'], b64: true } }),
  'a crit that is no list': () => ({ header: { crit: null } }),
  'the type of a logout token': () => ({ header: { typ: 'logout+jwt' } }),
  'a type that is a number': () => ({ header: { typ: 1 } }),
  'a payload that is no JSON': () => ({ payload: 'films' }),
  'a payload that is a list': () => ({ payload: '[1]' }),
  'a payload that is null': () => ({ payload: 'null' }),
  'a signature that is missing': () => ({ signature: () => '' }),
  'a token of 16 kB': () => ({ claims: { padding: 'x'.repeat(9000) } }),
  // the dates
  'expired an hour ago': () => ({ claims: { iat: now() - 2 * hour, exp: now() - hour } }),
  'expired beyond the tolerance': () => ({ claims: { exp: now() - 61 } }),
  'no exp': () => ({ claims: { exp: undefined } }),
  'exp as a string': () => ({ claims: { exp: String(now() + hour) } }),
  'exp null': () => ({ claims: { exp: null } }),
  'exp beyond all numbers': () => ({
    payload: `{"iss":"${provider.issuer}","aud":"films","sub":"ada","exp":1e999}`,
  }),
  'not valid before in an hour': () => ({ claims: { nbf: now() + hour } }),
  'nbf as a string': () => ({ claims: { nbf: '0' } }),
  'issued tomorrow': () => ({ claims: { iat: now() + 24 * hour, exp: now() + 25 * hour } }),
  'iat as a string': () => ({ claims: { iat: 'now' } }),
  // the issuer
  'another issuer': () => ({ claims: { iss: 'http://evil.example' } }),
  'the issuer and more': () => ({ claims: { iss: `${provider.issuer}/` } }),
  'the issuer and less': () => ({ claims: { iss: provider.issuer.slice(0, -1) } }),
  'a list of issuers': () => ({ claims: { iss: [provider.issuer] } }),
  'no issuer': () => ({ claims: { iss: undefined } }),
  // for whom
  'another audience': () => ({ claims: { aud: 'other' } }),
  'other audiences': () => ({ claims: { aud: ['other', 'another'] } }),
  'the audience and more': () => ({ claims: { aud: 'films2' } }),
  'no audience': () => ({ claims: { aud: undefined } }),
  'no audience and another client': () => ({ claims: { aud: undefined, client_id: 'other' } }),
  'an audience that is an object': () => ({ claims: { aud: { films: true } } }),
  'a list with an audience that is a number': () => ({ claims: { aud: ['films', 1] } }),
  // of whom
  'no sub': () => ({ claims: { sub: undefined } }),
  'an empty sub': () => ({ claims: { sub: '' } }),
  'a sub that is an object': () => ({ claims: { sub: { id: 'ada' } } }),
  'a sub that is a list': () => ({ claims: { sub: ['ada'] } }),
  'a sub that is a number': () => ({ claims: { sub: 1 } }),
  'a sub of 256 characters': () => ({ claims: { sub: 'a'.repeat(256) } }),
  'scopes that are a list': () => ({ claims: { scope: ['read'] } }),
};

describe('a bearer token', () => {
  test.each(Object.entries(accepted))('is accepted: %s', async (_name, changes) => {
    expect(await verifier.verify(provider.token(changes()))).toMatchObject({ kind: 'person', subject: 'ada' });
  });

  test.each(Object.entries(refused))('is refused: %s', async (_name, changes) => {
    expect(await verifier.verify(provider.token(changes()))).toBeUndefined();
  });

  test.each<[string, (parts: string[]) => string[]]>([
    ['nothing', () => ['']],
    ['dots', () => ['', '', '', '']],
    ['no JSON', () => ['AAAA', 'BBBB', 'CCCC']],
    ['two parts', ([header = '', payload = '']) => [header, payload]],
    ['four parts', (parts) => [...parts, 'x']],
    ['the five parts of an encrypted one', (parts) => [...parts, 'a', 'b']],
    ['another payload', ([header = '', , signature = '']) => [header, encode('{"sub":"eve"}'), signature]],
    ['one letter changed', ([header = '', payload = '', signature = '']) => [header, payload, flip(signature)]],
  ])('is refused: %s', async (_name, damage) => {
    expect(await verifier.verify(damage(provider.token().split('.')).join('.'))).toBeUndefined();
  });

  test('never makes the server ask anyone else for keys', () => {
    expect(new Set(provider.asked)).toEqual(new Set(['/realm/keys']));
  });

  test('is never logged', async () => {
    let log = '';
    const logger = pino({ level: 'trace' }, { write: (line) => (log += line) });
    const issuers = [{ issuer: provider.issuer, jwksUrl: provider.jwksUrl }];
    const watched = createTokenVerifier({ issuers, audiences: ['films'] }, logger);
    const tokens = [provider.token(), ...Object.values(refused).map((changes) => provider.token(changes()))];
    for (const token of tokens) await watched.verify(token);
    expect(log).toMatch(/bearer token refused/);
    expect(
      tokens.flatMap((token) => token.split('.')).filter((part) => part.length > 20 && log.includes(part)),
    ).toEqual([]);
  });

  test('is refused where no issuer is configured', async () => {
    const closed = createTokenVerifier({ issuers: [], audiences: [] }, silent);
    expect(await closed.verify(provider.token())).toBeUndefined();
  });

  test('of one issuer is not accepted under the name of another', async () => {
    const second = await startIdentityProvider();
    const both = [provider, second].map(({ issuer, jwksUrl }) => ({ issuer, jwksUrl }));
    const trusting = createTokenVerifier({ issuers: both, audiences: ['films'] }, silent);
    expect(await trusting.verify(second.token())).toMatchObject({ issuer: second.issuer });
    const borrowed = second.token({
      claims: { iss: provider.issuer },
      signature: (input) => signRs256(input, second.key),
    });
    expect(await trusting.verify(borrowed)).toBeUndefined();
    await second.close();
  });
});

function flip(signature: string): string {
  return `${signature.slice(0, 20)}${signature[20] === 'A' ? 'B' : 'A'}${signature.slice(21)}`;
}
