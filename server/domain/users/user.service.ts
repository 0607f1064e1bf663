import { ForbiddenError } from '../errors.js';
import type { Viewer } from '../viewer.js';
import { mayReadUsers } from './user.policy.js';
import type { UserRepository } from './user.repository.js';
import type { UserRow } from './user.types.js';

/** People, as one viewer may see them. */
export class UserService {
  readonly #viewer: Viewer;
  readonly #users: UserRepository;

  constructor(viewer: Viewer, users: UserRepository) {
    this.#viewer = viewer;
    this.#users = users;
  }

  async find(id: number): Promise<UserRow | undefined> {
    if (!mayReadUsers(this.#viewer)) throw new ForbiddenError();
    const [user] = await this.#users.findByIds([id]);
    return user;
  }
}
