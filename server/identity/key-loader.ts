import type { OidcIssuer } from '../config/oidc.js';
import { fetchJson } from './fetch-json.js';
import { KeySet } from './key-set.js';

/** Asks an issuer for its current keys; rejects when it does not say them in time. */
export type KeyLoader = () => Promise<KeySet>;

/**
 * Loads an issuer's keys from their configured address, or from the one that the issuer names in its metadata (OpenID
 * Connect Discovery 1.0, section 4), which is asked again after a failure.
 *
 * @param timeoutMs for one load, discovery included
 */
export function createKeyLoader({ issuer, jwksUrl }: OidcIssuer, timeoutMs: number): KeyLoader {
  let discovered: string | undefined;
  return async () => {
    const signal = AbortSignal.timeout(timeoutMs);
    const url = jwksUrl ?? discovered ?? (await discover(issuer, signal));
    discovered = undefined;
    const keys = KeySet.parse(await fetchJson(url, signal));
    discovered = url;
    return keys;
  };
}

async function discover(issuer: string, signal: AbortSignal): Promise<string> {
  const metadata = await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, signal);
  // Whatever JSON it is: null and plain values have no such members either.
  const { issuer: name, jwks_uri: url } = Object(metadata) as {
    readonly issuer?: unknown;
    readonly jwks_uri?: unknown;
  };
  if (name !== issuer) throw new Error('The metadata are those of another issuer.');
  if (typeof url !== 'string' || !isAsSafe(url, issuer))
    throw new Error('The metadata name no usable address of keys.');
  return url;
}

/** Keys that travel unprotected could be anyone's, so an issuer with https has them under https. */
function isAsSafe(url: string, issuer: string): boolean {
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  return protocol === 'https:' || (protocol === 'http:' && issuer.startsWith('http:'));
}
