import type { UserRow } from '../../domain/users/user.types.js';

/** A person (Users 3); keys in the documented order. What is stored is shown as it is, whatever the rules say (U4). */
export interface UserBody {
  readonly name: string;
  readonly email: string | null;
  readonly id: number;
}

export function presentUser({ name, email, id }: UserRow): UserBody {
  return { name, email, id };
}
