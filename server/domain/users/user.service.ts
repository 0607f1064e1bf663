import { ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.js';
import type { KeysetPage, KeysetRequest } from '../page.js';
import type { Viewer } from '../viewer.js';
import { checkStorable } from './profile.js';
import { mayManageUsers, mayReadUsers } from './user.policy.js';
import type { UserRepository } from './user.repository.js';
import type { NewPerson, UserFilter, UserOrderField, UserRow } from './user.types.js';

/**
 * People, as one viewer may see and manage them. All but `find` throw UnauthenticatedError for the anonymous and
 * ForbiddenError for those who may not manage people.
 */
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

  /** People by keyset; @throws InvalidError (field `after`) for a cursor of another list. */
  async list(filter: UserFilter, request: KeysetRequest<UserOrderField>): Promise<KeysetPage<UserRow>> {
    this.checkMayManage();
    return this.#users.list(filter, request);
  }

  /** All people who match, in the order in which they came; for contracts that know no pages. */
  async listAll(filter: UserFilter): Promise<UserRow[]> {
    this.checkMayManage();
    return this.#users.listAll(filter);
  }

  async count(filter: UserFilter): Promise<number> {
    this.checkMayManage();
    return this.#users.count(filter);
  }

  /**
   * Puts someone in, without a password. What a name or an address must look like is the edge's rule; here they only
   * must be storable, and the address nobody else's.
   *
   * @throws InvalidError (name, email), ConflictError (emailTaken)
   */
  async create(person: NewPerson): Promise<UserRow> {
    this.checkMayManage();
    checkStorable(person);
    return this.#users.create(person);
  }

  /** Enables or disables someone; disabled, they are refused everywhere. @throws NotFoundError (user) */
  async setActive(id: number, active: boolean): Promise<UserRow> {
    this.checkMayManage();
    const user = await this.#users.setActive(id, active);
    if (!user) throw new NotFoundError('user');
    return user;
  }

  /** The policy as a check, for edges that ask it before they look at what was sent. */
  checkMayManage(): void {
    if (mayManageUsers(this.#viewer)) return;
    throw this.#viewer.kind === 'anonymous' ? new UnauthenticatedError() : new ForbiddenError();
  }
}
