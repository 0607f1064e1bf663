import { isSessionToken, type SessionTokens } from '../../identity/session-token.js';
import type { TokenVerifier, VerifiedToken } from '../../identity/token-verifier.js';
import type { ApiKeyOwner, ApiKeyRepository } from '../api-keys/api-key.repository.js';
import { AccountDisabledError } from '../errors.js';
import type { SessionRepository } from '../sessions/session.repository.js';
import type { Viewer } from '../viewer.js';
import { SharedLookups } from './shared-lookups.js';
import type { UserRepository } from './user.repository.js';

/** What credentials are verified with. */
export interface AuthenticatorParts {
  readonly users: UserRepository;
  readonly apiKeys: ApiKeyRepository;
  readonly sessions: SessionRepository;
  readonly sessionTokens: SessionTokens;
  readonly tokenVerifier: TokenVerifier;
  /** Told which key was used; when it is noted is not the request's business. */
  readonly onKeyUsed: (keyId: number) => void;
}

/**
 * Finds out who a credential belongs to; the one place that verifies them, for every edge. Each method answers undefined
 * for a credential that nobody has, and throws AccountDisabledError for one whose owner's account is disabled.
 */
export class AuthenticatorService {
  readonly #parts: AuthenticatorParts;
  readonly #keyOwners: SharedLookups<string, ApiKeyOwner | undefined>;

  constructor(parts: AuthenticatorParts) {
    this.#parts = parts;
    this.#keyOwners = new SharedLookups((apiKey) => parts.apiKeys.findOwner(apiKey));
  }

  /** The viewer that an API key stands for. */
  async findByApiKey(apiKey: string): Promise<Viewer | undefined> {
    const owner = await this.#keyOwners.find(apiKey);
    if (!owner) return undefined;
    const { keyId, user } = owner;
    if (!user.active) throw new AccountDisabledError();
    this.#parts.onKeyUsed(keyId);
    return { kind: 'user', userId: user.id, role: user.role, user };
  }

  /** The viewer of a session token. */
  async findBySession(token: string): Promise<Viewer | undefined> {
    const sessionId = await this.#parts.sessionTokens.read(token);
    const owner = sessionId === undefined ? undefined : await this.#parts.sessions.findOwner(sessionId);
    if (!owner || sessionId === undefined) return undefined;
    if (!owner.active) throw new AccountDisabledError();
    return { kind: 'user', userId: owner.userId, role: owner.role, sessionId };
  }

  /**
   * The viewer of a bearer token (RFC 6750): one of our sessions, or a token of a trusted issuer. A person whom that
   * issuer vouches for becomes a user at their first visit.
   *
   * @throws UnavailableError as `TokenVerifier.verify`
   */
  async findByBearer(token: string): Promise<Viewer | undefined> {
    if (isSessionToken(token)) return this.findBySession(token);
    const verified = await this.#parts.tokenVerifier.verify(token);
    return verified && this.#viewerOf(verified);
  }

  async #viewerOf(token: VerifiedToken): Promise<Viewer> {
    if (token.kind === 'service') return { kind: 'service', clientId: token.clientId, scopes: token.scopes };
    const { issuer, subject, name } = token;
    const user = await this.#parts.users.findOrCreateByIdentity({
      issuer,
      subject,
      name: name?.slice(0, 190) || subject,
    });
    if (!user.active) throw new AccountDisabledError();
    return { kind: 'user', userId: user.id, role: user.role, scopes: token.scopes, user };
  }
}
