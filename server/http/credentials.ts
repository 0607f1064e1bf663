import { parseCookie, stringifySetCookie } from 'cookie';
import type { PlainRequest, PlainResponse } from './plain-handler.js';

/** Where requests carry who sends them; which of these counts is each protocol's contract. */
export interface Credentials {
  /** `x-api-key`. */
  readonly apiKey: string | undefined;
  /** The whole `Authorization` header. */
  readonly authorization: string | undefined;
  /** The session cookie; undefined when another site made the browser send it. */
  readonly sessionCookie: string | undefined;
}

/** Where a request carries who sends it. */
export const credentialHeaders = ['x-api-key', 'authorization', 'cookie'] as const;

/** Whether a request says who sends it; without that its answer is everyone's. */
export function hasCredential(hasHeader: (name: string) => boolean): boolean {
  return credentialHeaders.some(hasHeader);
}

/** Sets and clears the session cookie of a response. */
export interface SessionCookie {
  set(session: { readonly token: string; readonly expiresAt: number }): void;
  clear(): void;
}

// Browsers take a `__Host-` cookie only over HTTPS, for this very host, and for the whole of it.
const cookieName = (secure: boolean) => (secure ? '__Host-filmgraph_session' : 'filmgraph_session');

/** What of a request is looked at. */
export type CredentialHolder = Pick<PlainRequest, 'headers'>;

/** @param secure whether cookies travel over HTTPS only */
export function readCredentials({ headers }: CredentialHolder, secure: boolean): Credentials {
  const { cookie: cookies, authorization } = headers;
  // A request that another site caused must not act for whoever is logged in here.
  const foreign = headers['sec-fetch-site'] === 'cross-site';
  return {
    apiKey: headers['x-api-key']?.toString(),
    authorization,
    sessionCookie: cookies && !foreign ? parseCookie(cookies)[cookieName(secure)] : undefined,
  };
}

/** The token of an `Authorization: Bearer TOKEN` header (RFC 6750, section 2.1); undefined for any other form. */
export function bearerTokenOf(authorization: string): string | undefined {
  return /^bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1];
}

/** The session cookie of a response: HttpOnly, so that no script reads it, and SameSite=Lax. */
export function sessionCookieOf(response: PlainResponse, secure: boolean): SessionCookie {
  const write = (value: string, maxAge: number) => {
    const attributes = { httpOnly: true, sameSite: 'lax', secure, path: '/', maxAge } as const;
    response.appendHeader('set-cookie', stringifySetCookie({ name: cookieName(secure), value, ...attributes }));
  };
  return {
    set: ({ token, expiresAt }) => write(token, Math.max(0, Math.floor((expiresAt - Date.now()) / 1000))),
    clear: () => write('', 0),
  };
}
