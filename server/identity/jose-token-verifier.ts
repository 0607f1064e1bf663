import { decodeJwt, decodeProtectedHeader, jwtVerify, type ProtectedHeaderParameters } from 'jose';
import type { OidcConfig } from '../config/oidc.js';
import type { Logger } from '../logger.js';
import { createKeyLoader } from './key-loader.js';
import { KeySet } from './key-set.js';
import { type KeySource, type KeyTiming, RemoteKeys } from './remote-keys.js';
import { readClaims } from './token-claims.js';
import type { TokenVerifier, VerifiedToken } from './token-verifier.js';

/** An issuer whose public keys are at hand, and never fetched. */
export interface LocalIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** A JSON Web Key Set. */
  readonly jwks: unknown;
}

export interface TokenVerifierOptions {
  /** The development issuer, where it is trusted. */
  readonly local?: LocalIssuer | undefined;
  readonly timing?: Partial<KeyTiming>;
}

interface TrustedIssuer {
  readonly keys: KeySource;
  readonly audiences: readonly string[];
}

/** The only algorithm: every provider has it, and each further one is one more to get wrong. */
const algorithm = 'RS256';
/** Real tokens have 1 to 3 KiB. */
const maxTokenLength = 8 * 1024;
/** How far the clocks of issuer and server may be apart. */
const clockToleranceSeconds = 30;
/** The types that an access token's header may state (RFC 7519 section 5.1, RFC 9068 section 2.1). */
const accessTokenTypes = [undefined, 'jwt', 'at+jwt', 'application/at+jwt'];

const defaultTiming: KeyTiming = {
  timeoutMs: 2500,
  cooldownMs: 1000,
  burst: 3,
  maxAgeMs: 10 * 60_000,
  failures: 5,
  pauseMs: 2000,
};

/** Trusts the configured issuers and no others; without any, every token is refused. */
export function createTokenVerifier(
  { issuers, audiences }: OidcConfig,
  logger: Logger,
  { local, timing: overrides = {} }: TokenVerifierOptions = {},
): TokenVerifier {
  const timing = { ...defaultTiming, ...overrides };
  const trusted = new Map<string, TrustedIssuer>();
  if (local) trusted.set(local.issuer, { keys: holdKeys(local.jwks), audiences: [local.audience] });
  for (const issuer of issuers) {
    const load = createKeyLoader(issuer, timing.timeoutMs);
    const keys = new RemoteKeys(load, logger.child({ issuer: issuer.issuer }), timing);
    trusted.set(issuer.issuer, { keys, audiences });
  }
  return new JoseTokenVerifier(trusted, logger);
}

/** Keys that do not change while the server runs. */
function holdKeys(jwks: unknown): KeySource {
  const keys = KeySet.parse(jwks);
  return { find: (kid) => Promise.resolve(keys.find(kid)) };
}

/** Verifies JSON Web Tokens (RFC 7519, with the advice of RFC 8725). Logs why one is refused, and never the token. */
class JoseTokenVerifier implements TokenVerifier {
  readonly #trusted: ReadonlyMap<string, TrustedIssuer>;
  readonly #logger: Logger;

  constructor(trusted: ReadonlyMap<string, TrustedIssuer>, logger: Logger) {
    this.#trusted = trusted;
    this.#logger = logger;
  }

  async verify(token: string): Promise<VerifiedToken | undefined> {
    const origin = this.#readOrigin(token);
    const key = await origin?.trust.keys.find(origin.kid);
    if (!origin || !key) return this.#refuse('unknown origin');
    try {
      const { issuer, trust } = origin;
      const { payload } = await jwtVerify(token, key, {
        algorithms: [algorithm],
        issuer,
        clockTolerance: clockToleranceSeconds,
        requiredClaims: ['exp', 'sub'],
      });
      if (isFromTheFuture(payload.iat)) return this.#refuse('issued in the future');
      return readClaims(payload, trust.audiences) ?? this.#refuse('claims');
    } catch (error) {
      return this.#refuse(readCode(error));
    }
  }

  /**
   * What an unverified token says of where it comes from; only used to find the key that then proves it. Keys and
   * addresses that a header brings along are never looked at.
   */
  #readOrigin(token: string) {
    if (token.length > maxTokenLength) return undefined;
    try {
      const header = decodeProtectedHeader(token);
      const { iss: issuer } = decodeJwt(token);
      const trust = typeof issuer === 'string' ? this.#trusted.get(issuer) : undefined;
      return issuer && trust && isAcceptable(header) ? { issuer, trust, kid: header.kid } : undefined;
    } catch {
      return undefined;
    }
  }

  #refuse(reason: string): undefined {
    this.#logger.debug({ reason }, 'bearer token refused');
  }
}

/** The type says strings, but whoever made the token wrote it. We understand no critical extension. */
function isAcceptable({ alg, kid, typ, crit }: ProtectedHeaderParameters): boolean {
  if (alg !== algorithm || crit !== undefined || (kid !== undefined && typeof kid !== 'string')) return false;
  return typ === undefined || (typeof typ === 'string' && accessTokenTypes.includes(typ.toLowerCase()));
}

function isFromTheFuture(issuedAt: number | undefined): boolean {
  return issuedAt !== undefined && issuedAt > Date.now() / 1000 + clockToleranceSeconds;
}

/** jose's code for it; its messages can quote the token. */
function readCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'malformed';
}
