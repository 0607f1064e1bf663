import Joi from 'joi';
import type { VerifiedToken } from './token-verifier.js';

interface Claims {
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly nbf?: number;
  readonly iat?: number;
  readonly aud?: string | readonly string[];
  /** The client that a token was issued to: OpenID Connect's name for it, and that of RFC 9068 and Cognito. */
  readonly azp?: string;
  readonly client_id?: string;
  readonly scope?: string;
  /** Auth0's kind of grant. */
  readonly gty?: string;
  /** Keycloak's login session; programs have none. */
  readonly sid?: string;
  readonly preferred_username?: string;
  readonly name?: unknown;
  readonly username?: unknown;
  readonly email?: unknown;
  readonly email_verified?: unknown;
  /** Cognito's, and Keycloak's kind of token. */
  readonly token_use?: string;
  readonly typ?: string;
}

const text = Joi.string().allow('');

const schema = Joi.object<Claims>({
  iss: Joi.string().required(),
  sub: Joi.string().max(255).required(),
  exp: Joi.number().unsafe().required(),
  nbf: Joi.number().unsafe(),
  iat: Joi.number().unsafe(),
  aud: Joi.alternatives(text, Joi.array().items(text)),
  azp: text,
  client_id: text,
  scope: text,
  gty: text,
  sid: text,
  preferred_username: text,
  // Cognito's ID tokens and Keycloak's ID, refresh and DPoP-bound tokens are signed with the same keys.
  token_use: Joi.valid('access'),
  typ: Joi.valid('Bearer'),
})
  .unknown()
  .prefs({ convert: false });

/**
 * Reads the claims of a token whose signature, issuer and dates are verified.
 *
 * @param audiences names of this API
 * @returns undefined when a claim is missing or of a wrong type, or the token was issued for another API or purpose
 */
export function readClaims(payload: unknown, audiences: readonly string[]): VerifiedToken | undefined {
  const { value: claims, error } = schema.validate(payload);
  if (error || !isForUs(claims, audiences)) return undefined;
  const issuer = claims.iss;
  const scopes = new Set(claims.scope?.split(' ').filter((scope) => scope !== ''));
  const clientId = findProgram(claims);
  if (clientId !== undefined) return { kind: 'service', issuer, clientId, scopes };
  return { kind: 'person', issuer, subject: claims.sub, scopes, name: readName(claims), email: readEmail(claims) };
}

/**
 * Whether one of our names is in `aud`, or is the client that the token was issued to (contracts R10). Keycloak's own
 * `account` alone says nothing, since every client of a realm gets it. Cognito's access tokens have no `aud`, and the
 * client stands in for it; where there is another audience, `client_id` does not help.
 */
function isForUs({ aud, azp, client_id: clientId }: Claims, audiences: readonly string[]): boolean {
  const isOurs = (name: string | undefined): boolean => name !== undefined && audiences.includes(name);
  const names = aud === undefined ? undefined : [aud].flat();
  if (names?.some(isOurs) || isOurs(azp)) return true;
  return (names === undefined || names.includes('account')) && isOurs(clientId);
}

/** The client of a token that acts for no person (client credentials), undefined for a person's. */
function findProgram(claims: Claims): string | undefined {
  const client = claims.azp ?? claims.client_id;
  if (!client) return undefined;
  // Cognito and RFC 9068 (section 2.2) name the client as the subject; Auth0 says which grant it was.
  const program = claims.sub === client || claims.gty === 'client-credentials' || isServiceAccount(claims, client);
  return program ? client : undefined;
}

/** Keycloak's. The name alone does not tell: people may choose theirs, but they log in, and get a session. */
function isServiceAccount(claims: Claims, client: string): boolean {
  if (claims.preferred_username !== `service-account-${client.toLowerCase()}`) return false;
  return claims.client_id === client || claims.sid === undefined;
}

function readName({ name, preferred_username: username, username: cognitoName }: Claims): string | undefined {
  return [name, username, cognitoName].map((value) => readShort(value, 190)).find((value) => value !== undefined);
}

/** An address that the issuer does not vouch for is as good as none. */
function readEmail({ email, email_verified: verified }: Claims): string | undefined {
  return verified === true ? readShort(email, 320) : undefined;
}

function readShort(value: unknown, maxLength: number): string | undefined {
  const short = typeof value === 'string' ? value.trim() : '';
  return short !== '' && short.length <= maxLength ? short : undefined;
}
