import { describe, expect, test } from '@jest/globals';
import { readClaims } from '../../server/identity/token-claims.js';

const base = { iss: 'https://id.example', sub: 'b7c9', exp: 2_000_000_000 };
const read = (claims: object) => readClaims({ ...base, ...claims }, ['films', 'movies']);

/** What Keycloak puts into a token of a login, and of a client. */
const keycloak = { typ: 'Bearer', azp: 'films', aud: 'account', scope: 'profile email' };
const keycloakPerson = { ...keycloak, sid: 's1', preferred_username: 'ada', name: 'Ada Lovelace' };
const keycloakClient = { ...keycloak, client_id: 'films', preferred_username: 'service-account-films' };
/** What Cognito puts into theirs; neither has an audience. */
const cognitoPerson = {
  token_use: 'access',
  client_id: 'films',
  username: 'ada',
  scope: 'aws.cognito.signin.user.admin',
};
const cognitoClient = { token_use: 'access', client_id: 'films', sub: 'films', scope: 'movies/read movies/write' };

describe('a token is for this API', () => {
  test.each<[string, object]>([
    ['its audience is', { aud: 'films' }],
    ['one of its audiences is', { aud: ['account', 'movies'] }],
    ['it was issued to our client', { azp: 'films' }],
    ['it was issued to our client, for the realm', { azp: 'films', aud: ['account'] }],
    ['it was issued to our client, which only client_id says', { client_id: 'films', aud: 'account' }],
    ['it has no audience but our client', { client_id: 'films' }],
  ])('when %s', (_name, claims) => {
    expect(read(claims)).toBeDefined();
  });

  test.each<[string, object]>([
    ['every client of the realm could have it', { aud: 'account' }],
    ['another client of the realm has it', { aud: 'account', azp: 'other' }],
    ['it is for another API, whoever asked for it', { aud: 'other', client_id: 'films' }],
    ['the audience is empty', { aud: [] }],
    ['nothing says so', {}],
    ['the client is no string', { azp: ['films'] }],
  ])('but not when %s', (_name, claims) => {
    expect(read(claims)).toBeUndefined();
  });

  test('when its realm is listed, whoever asked for it', () => {
    expect(readClaims({ ...base, aud: 'account', azp: 'other' }, ['films', 'account'])).toBeDefined();
  });

  test.each<[string, object]>([
    ['Cognito’s ID token', { aud: 'films', token_use: 'id' }],
    ['a token_use that is no string', { aud: 'films', token_use: ['access'] }],
    ['Keycloak’s ID token', { ...keycloakPerson, aud: 'films', typ: 'ID' }],
    ['Keycloak’s refresh token', { ...keycloakPerson, typ: 'Refresh' }],
    ['a token bound to a key that a bearer does not prove', { ...keycloakPerson, typ: 'DPoP' }],
  ])('but not when it has another purpose: %s', (_name, claims) => {
    expect(read(claims)).toBeUndefined();
  });
});

describe('a token of a person', () => {
  test.each<[string, object, string | undefined]>([
    ['Keycloak', keycloakPerson, 'Ada Lovelace'],
    ['Keycloak, without a name', { ...keycloakPerson, name: ' ' }, 'ada'],
    [
      'Keycloak, of someone who took a client’s name',
      { ...keycloakPerson, preferred_username: 'service-account-films' },
      'Ada Lovelace',
    ],
    ['Cognito', cognitoPerson, 'ada'],
    ['any', { aud: 'films' }, undefined],
    ['any, with a name of another type', { aud: 'films', name: { given: 'Ada' } }, undefined],
    ['any, with a name too long to be one', { aud: 'films', name: 'a'.repeat(191) }, undefined],
  ])('is told from a program’s: %s', (_name, claims, name) => {
    expect(read(claims)).toMatchObject({ kind: 'person', issuer: base.iss, subject: base.sub, name });
  });

  test.each<[unknown, string | undefined]>([
    [true, 'ada@example.org'],
    [false, undefined],
    ['true', undefined],
    [undefined, undefined],
  ])('has an address only if the issuer vouches for it: %p', (verified, email) => {
    const claims = { ...keycloakPerson, email: 'ada@example.org', email_verified: verified };
    expect(read(claims)).toMatchObject({ email });
  });
});

describe('a token of a program', () => {
  test.each<[string, object, readonly string[]]>([
    ['Keycloak', keycloakClient, ['profile', 'email']],
    ['an older Keycloak', { ...keycloakClient, client_id: undefined }, ['profile', 'email']],
    ['Cognito', cognitoClient, ['movies/read', 'movies/write']],
    ['Auth0', { aud: 'movies', azp: 'films', sub: 'films@clients', gty: 'client-credentials' }, []],
    ['RFC 9068', { aud: 'movies', client_id: 'films', sub: 'films', scope: ' read  write ' }, ['read', 'write']],
  ])('says which and what it may: %s', (_name, claims, scopes) => {
    expect(read(claims)).toEqual({ kind: 'service', issuer: base.iss, clientId: 'films', scopes: new Set(scopes) });
  });
});
