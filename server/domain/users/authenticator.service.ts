import type { Viewer } from '../viewer.js';
import type { UserRepository } from './user.repository.js';

/** Whose bearer token this is; undefined for one that is wrong in any way. */
export type FindByBearer = (token: string) => Promise<Viewer | undefined>;

/** Finds out who a credential belongs to; the one place that verifies them, for every edge. */
export class AuthenticatorService {
  readonly #users: UserRepository;
  readonly #findByBearer: FindByBearer;

  constructor(users: UserRepository, findByBearer: FindByBearer) {
    this.#users = users;
    this.#findByBearer = findByBearer;
  }

  /** The viewer that an API key stands for; undefined when nobody active has it. */
  async findByApiKey(apiKey: string): Promise<Viewer | undefined> {
    const user = await this.#users.findByApiKey(apiKey);
    return user?.active ? { kind: 'user', userId: user.id } : undefined;
  }

  /**
   * The viewer that a bearer token stands for; undefined when it is wrong in any way.
   *
   * @throws UnavailableError when what is needed to check it cannot be had
   */
  findByBearer(token: string): Promise<Viewer | undefined> {
    return this.#findByBearer(token);
  }
}
