import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

const algorithm = 'HS256';
const issuer = 'filmgraph';
/** Tells our session tokens from every other bearer token, and lets secret scanners find them. */
const prefix = 'fgs_';

/** Signs session tokens, and reads what it signed. */
export interface SessionTokens {
  sign(session: { readonly id: string; readonly expiresAt: number }): Promise<string>;
  /** The id of the session that a token names; undefined when it is not one of ours, was changed, or has expired. */
  read(token: string): Promise<string | undefined>;
}

/** Whether a bearer token claims to be one of our sessions. */
export function isSessionToken(token: string): boolean {
  return token.startsWith(prefix);
}

/**
 * Session tokens: JWTs signed with HS256, behind a prefix, so that no other verifier ever sees them.
 *
 * @param secret shared by all processes of one service; without one, sessions end with this process
 */
export function createSessionTokens(secret: string | undefined): SessionTokens {
  const key: KeyObject = createSecretKey(secret === undefined ? randomBytes(32) : Buffer.from(secret, 'utf8'));
  return {
    sign: async ({ id, expiresAt }) => {
      const jwt = new SignJWT().setProtectedHeader({ alg: algorithm }).setIssuer(issuer).setJti(id);
      return prefix + (await jwt.setExpirationTime(Math.floor(expiresAt / 1000)).sign(key));
    },
    read: async (token) => {
      if (!isSessionToken(token)) return undefined;
      try {
        const { payload } = await jwtVerify(token.slice(prefix.length), key, { algorithms: [algorithm], issuer });
        return payload.jti;
      } catch {
        return undefined;
      }
    },
  };
}
