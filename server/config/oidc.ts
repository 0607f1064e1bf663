import { ConfigError, readList, readUrls, type Variables } from './variables.js';

/** Whose bearer tokens are accepted. Without issuers, none are. */
export interface OidcConfig {
  readonly issuers: readonly OidcIssuer[];
  /** Names of this API, of which a token must carry one, whoever issued it. */
  readonly audiences: readonly string[];
}

export interface OidcIssuer {
  /** Exactly as its tokens spell it. */
  readonly issuer: string;
  /** Where its keys are; undefined asks the issuer. */
  readonly jwksUrl: string | undefined;
}

/** Whom a process is told to trust. @throws ConfigError */
export function readOidc(variables: Variables, production: boolean): OidcConfig {
  const issuers = readUrls(variables, 'OIDC_ISSUER', production);
  const jwksUrls = readUrls(variables, 'OIDC_JWKS_URL', production);
  const audiences = readList(variables, 'OIDC_AUDIENCE');
  if (jwksUrls.length > issuers.length) throw new ConfigError('OIDC_JWKS_URL', 'at most one for each OIDC_ISSUER');
  if (issuers.length > 0 && audiences.length === 0) {
    throw new ConfigError('OIDC_AUDIENCE', 'the audience that tokens of OIDC_ISSUER must have');
  }
  return { issuers: issuers.map((issuer, index) => ({ issuer, jwksUrl: jwksUrls[index] })), audiences };
}
