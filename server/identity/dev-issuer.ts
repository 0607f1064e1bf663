import { generateKeyPair as generate } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { exportJWK, importJWK, type JWK, SignJWT } from 'jose';
import type { Environment } from '../config.js';
import type { LocalIssuer } from './jose-token-verifier.js';

/** A made-up person. */
export interface DevPerson {
  /** Their subject is made of it, so that the same name is the same person. */
  readonly name: string;
}

/** A made-up program. */
export interface DevClient {
  readonly clientId: string;
  /** Separated by blanks. */
  readonly scope?: string | undefined;
}

/** An identity provider for one machine, so that bearer tokens can be tried without one. */
export interface DevIssuer extends LocalIssuer {
  /** @returns a bearer token, valid for an hour */
  signPerson(person: DevPerson): Promise<string>;
  /** @returns a bearer token, valid for an hour */
  signClient(client: DevClient): Promise<string>;
}

const issuer = 'http://localhost/dev-issuer';
const audience = 'filmgraph-development';
const kid = 'dev';

/**
 * The development issuer of this working directory. Its key is made at the first use and readable by its owner alone.
 *
 * @param environment anything but development is an error: whoever reads the key can be anyone
 * @param file where the private key is kept
 * @throws Error outside development, and when the file cannot be read or written
 */
export async function openDevIssuer(environment: Environment, file = 'data/dev-issuer.json'): Promise<DevIssuer> {
  if (environment !== 'development') throw new Error('The development issuer exists only where NODE_ENV=development.');
  return createIssuer(readKey(file) ?? keepKey(file, await createKey()));
}

/** A development issuer with a key of its own that is kept nowhere; for tests. */
export async function createDevIssuer(): Promise<DevIssuer> {
  return createIssuer(await createKey());
}

async function createIssuer(privateJwk: JWK): Promise<DevIssuer> {
  const key = await importJWK(privateJwk, 'RS256');
  const sign = (claims: Readonly<Record<string, unknown>>): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(key);
  const { kty, n, e } = privateJwk;
  return {
    issuer,
    audience,
    jwks: { keys: [{ kty, n, e, kid, use: 'sig', alg: 'RS256' }] },
    signPerson: ({ name }) => sign({ sub: `dev:${name.toLowerCase()}`, name }),
    signClient: ({ clientId, scope }) => sign({ sub: clientId, client_id: clientId, scope }),
  };
}

async function createKey(): Promise<JWK> {
  const { privateKey } = await promisify(generate)('rsa', { modulusLength: 2048 });
  return exportJWK(privateKey);
}

function readKey(file: string): JWK | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as JWK; // nobody but keepKey writes it, and importJWK checks it
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined;
    throw new Error(`${file} holds no key. Delete it, and it is made anew.`, { cause: error });
  }
}

/** The server and a command may come here together: the first one's key is everyone's, and is never seen half written. */
function keepKey(file: string, key: JWK): JWK {
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, JSON.stringify(key), { mode: 0o600 });
  try {
    linkSync(draft, file);
    return key;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
    return readKey(file) ?? key;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code; // what the file system throws
}
