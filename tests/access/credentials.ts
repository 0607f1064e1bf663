import type { Database } from '../../server/database/database.js';
import { createUser } from '../support/factories.js';
import { keys, sendGraphql } from '../support/http.js';
import { createKey, encode, type IdentityProvider, now, signHmac } from '../support/identity-provider.js';

/** Tokens that no issuer we trust would vouch for. */
export const badTokens = [
  'expired',
  'wrongIssuer',
  'wrongAudience',
  'algNone',
  'hs256WithPublicKey',
  'unknownKid',
] as const;

/** Every way in which someone may ask, as the matrix names them. John owns what the rows are about. */
export const askers = [
  'anonymous',
  'anotherKey',
  'disabledKey',
  'session',
  'personBearer',
  'serviceBearer',
  ...badTokens,
  'goodKey',
] as const;
export type Asker = (typeof askers)[number];

export type Credentials = Readonly<Record<Asker, Readonly<Record<string, string>>>>;

/** Makes the headers of every asker, for a server that trusts the provider. */
export async function createCredentials(
  url: string,
  database: Database,
  provider: IdentityProvider,
): Promise<Credentials> {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const disabled = await createUser(database, { active: false });
  const pem = provider.key.publicKey.export({ format: 'pem', type: 'spki' });
  const service = { sub: 'robot', client_id: 'robot', preferred_username: 'service-account-robot', scope: 'movies' };
  return {
    anonymous: {},
    goodKey: { 'x-api-key': keys.john },
    anotherKey: { 'x-api-key': keys.jane },
    disabledKey: { 'x-api-key': disabled.apiKey },
    session: bearer(await beginSession(url)),
    personBearer: bearer(provider.token()),
    serviceBearer: bearer(provider.token({ claims: service })),
    expired: bearer(provider.token({ claims: { exp: now() - 3600 } })),
    wrongIssuer: bearer(provider.token({ claims: { iss: 'http://127.0.0.1/elsewhere' } })),
    wrongAudience: bearer(provider.token({ claims: { aud: 'others' } })),
    algNone: bearer(provider.token({ header: { alg: 'none' }, signature: () => '' })),
    hs256WithPublicKey: bearer(provider.token({ header: { alg: 'HS256' }, signature: signHmac(pem) })),
    unknownKid: bearer(provider.token({ key: createKey(`unknown ${encode('kid')}`) })),
  };
}

let registered = 0;

async function beginSession(url: string): Promise<string> {
  const text = 'mutation ($input: RegisterInput!) { register(input: $input) { token } }';
  const input = { name: 'Session', email: `session${++registered}@example.org`, password: 'long enough' };
  return (await sendGraphql(url, text, { variables: { input } })).body.data.register.token;
}
