import DataLoader from 'dataloader';
import type { UserRepository } from './user.repository.js';
import type { UserRow } from './user.types.js';

/** Batches for one request. */
export interface UserLoaders {
  readonly byId: DataLoader<number, UserRow | undefined>;
}

export function createUserLoaders(users: UserRepository): UserLoaders {
  return {
    byId: new DataLoader(async (ids) => {
      const rows = new Map((await users.findByIds(ids)).map((user) => [user.id, user]));
      return ids.map((id) => rows.get(id));
    }),
  };
}
