import type { Viewer } from '../viewer.js';
import type { UserRepository } from './user.repository.js';

/** Finds out who a credential belongs to; the one place that verifies them, for every edge. */
export class AuthenticatorService {
  readonly #users: UserRepository;

  constructor(users: UserRepository) {
    this.#users = users;
  }

  /** The viewer that an API key stands for; undefined when nobody active has it. */
  async findByApiKey(apiKey: string): Promise<Viewer | undefined> {
    const user = await this.#users.findByApiKey(apiKey);
    return user?.active ? { kind: 'user', userId: user.id } : undefined;
  }
}
