/** What a verified bearer token says. */
export type VerifiedToken = PersonToken | ServiceToken;

/** A token of a person, known to their issuer by `subject`. */
export interface PersonToken {
  readonly kind: 'person';
  readonly issuer: string;
  readonly subject: string;
  readonly scopes: ReadonlySet<string>;
  /** What the issuer says of them; absent claims are undefined. */
  readonly name: string | undefined;
  readonly email: string | undefined;
}

/** A token of a program (client credentials). */
export interface ServiceToken {
  readonly kind: 'service';
  readonly issuer: string;
  readonly clientId: string;
  readonly scopes: ReadonlySet<string>;
}

/** Verifies bearer tokens (RFC 6750, RFC 7519). */
export interface TokenVerifier {
  /**
   * @returns undefined for a token that is wrong in any way
   * @throws UnavailableError when the token names a key that is not known and the provider cannot be asked
   */
  verify(token: string): Promise<VerifiedToken | undefined>;
}
