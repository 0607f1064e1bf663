import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A key pair under a name. */
export interface NamedKey {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export function createKey(kid: string, modulusLength = 2048): NamedKey {
  return { kid, ...generateKeyPairSync('rsa', { modulusLength }) };
}

/** The key as an issuer publishes it. */
export function publish({ kid, publicKey }: NamedKey, extra: object = {}): object {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256', ...extra };
}

/** How a token differs from a good one; a member that is undefined is left out of it. */
export interface TokenChanges {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Instead of all claims. */
  readonly payload?: string;
  readonly key?: NamedKey;
  /** Makes the signature of what is signed. */
  readonly signature?: (input: string) => string;
}

/** How the provider answers when asked for its keys. */
export type Behaviour = 'keys' | 'error' | 'garbage' | 'reset' | 'hang' | 'redirect' | 'huge';

/** An identity provider of the test's own, on loopback. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** The key it signs with and publishes from the start. */
  readonly key: NamedKey;
  /** The paths it was asked for. */
  readonly asked: string[];
  behave(behaviour: Behaviour): void;
  /** What its metadata say besides its own name and the address of its keys, or instead of them. */
  describe(metadata: object): void;
  /** What it publishes from now on. */
  publish(...keys: readonly object[]): void;
  /** A token for the audience `films`, valid for five minutes unless changed. */
  token(changes?: TokenChanges): string;
  close(): Promise<void>;
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const key = createKey('first');
  const asked: string[] = [];
  let published: readonly object[] = [publish(key)];
  let behaviour: Behaviour = 'keys';
  let metadata = {};
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (url.endsWith('/.well-known/openid-configuration')) {
      response.end(JSON.stringify({ issuer, jwks_uri: jwksUrl, ...metadata }));
    } else {
      // Where a redirect leads, there are good keys.
      answers[url === '/elsewhere' ? 'keys' : behaviour](response, published);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  const issuer = `http://127.0.0.1:${port}/realm`;
  const jwksUrl = `${issuer}/keys`;
  return {
    issuer,
    jwksUrl,
    key,
    asked,
    behave: (next) => {
      behaviour = next;
    },
    describe: (changes) => {
      metadata = changes;
    },
    publish: (...keys) => {
      published = keys;
    },
    token: (changes) => createToken(issuer, key, changes),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const answers: Record<Behaviour, (response: ServerResponse, keys: readonly object[]) => void> = {
  keys: (response, keys) => response.end(JSON.stringify({ keys })),
  error: (response) => response.writeHead(500).end('{"keys":[]}'),
  garbage: (response) => response.end('<html></html>'),
  reset: (response) => response.destroy(),
  hang: () => undefined,
  redirect: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  huge: (response, keys) => response.end(JSON.stringify({ keys, padding: 'x'.repeat(300_000) })),
};

export const now = (): number => Math.floor(Date.now() / 1000);

function createToken(issuer: string, ownKey: NamedKey, changes: TokenChanges = {}): string {
  const { header, claims, key = ownKey, payload, signature = (input) => signRs256(input, key) } = changes;
  const goodClaims = { iss: issuer, aud: 'films', sub: 'ada', iat: now(), exp: now() + 300 };
  const input = [
    JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: key.kid, ...header }),
    payload ?? JSON.stringify({ ...goodClaims, ...claims }),
  ].map(encode);
  return `${input.join('.')}.${signature(input.join('.'))}`;
}

export const encode = (text: string): string => Buffer.from(text).toString('base64url');

export const signRs256 = (input: string, { privateKey }: NamedKey): string =>
  sign('sha256', Buffer.from(input), privateKey).toString('base64url');

/** A signature with a secret, as HS256 and its kin make them. */
export const signHmac = (secret: string | Buffer, hash = 'sha256'): ((input: string) => string) => {
  return (input) => createHmac(hash, secret).update(input).digest('base64url');
};
