import { ForbiddenError, InvalidError, NotFoundError, UnauthenticatedError } from '../errors.js';
import type { UserViewer, Viewer } from '../viewer.js';
import { mayHaveApiKeys } from './api-key.policy.js';
import type { ApiKeyRepository } from './api-key.repository.js';
import type { ApiKeyRow, NewApiKey } from './api-key.types.js';

const maxNameLength = 100;
/** Keys a person may have at a time. */
const maxKeys = 20;

/** The viewer's own API keys. Every method throws UnauthenticatedError or ForbiddenError for anyone but a person. */
export class ApiKeyService {
  readonly #viewer: Viewer;
  readonly #keys: ApiKeyRepository;

  constructor(viewer: Viewer, keys: ApiKeyRepository) {
    this.#viewer = viewer;
    this.#keys = keys;
  }

  /** Keys that work, oldest first. */
  async list(): Promise<ApiKeyRow[]> {
    return this.#keys.listByUser(this.#checkPerson().userId);
  }

  /** @throws InvalidError (name, apiKeys) */
  async create(name: string): Promise<NewApiKey> {
    const { userId } = this.#checkPerson();
    const trimmed = name.trim();
    if (trimmed === '' || trimmed.length > maxNameLength)
      throw new InvalidError('name', `1 to ${maxNameLength} characters`);
    if ((await this.#keys.listByUser(userId)).length >= maxKeys) {
      throw new InvalidError('apiKeys', `at most ${maxKeys} keys; revoke one first`);
    }
    return this.#keys.create(userId, trimmed);
  }

  /** Replaces a key: the old one stops working at once. @throws NotFoundError (apiKey) */
  async rotate(id: number): Promise<NewApiKey> {
    const rotated = await this.#keys.rotate(this.#checkPerson().userId, id);
    if (!rotated) throw new NotFoundError('apiKey');
    return rotated;
  }

  /** Ends a key. */
  async revoke(id: number): Promise<'removed' | 'absent'> {
    return (await this.#keys.revoke(this.#checkPerson().userId, id)) ? 'removed' : 'absent';
  }

  #checkPerson(): UserViewer {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (!mayHaveApiKeys(this.#viewer)) throw new ForbiddenError();
    return this.#viewer;
  }
}
