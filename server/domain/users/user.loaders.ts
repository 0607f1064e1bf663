import DataLoader from 'dataloader';
import type { Viewer } from '../viewer.js';
import type { UserRepository } from './user.repository.js';
import type { UserRow } from './user.types.js';

/** Batches for one request. */
export interface UserLoaders {
  readonly byId: DataLoader<number, UserRow | undefined>;
}

export function createUserLoaders(viewer: Viewer, users: UserRepository): UserLoaders {
  const byId = new DataLoader<number, UserRow | undefined>(async (ids) => {
    const rows = new Map((await users.findByIds(ids)).map((user) => [user.id, user]));
    return ids.map((id) => rows.get(id));
  });
  if (viewer.kind === 'user' && viewer.user) byId.prime(viewer.userId, viewer.user);
  return { byId };
}
