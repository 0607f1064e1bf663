/** A person as reads return them; secrets never leave the repository. */
export interface UserRow {
  readonly id: number;
  readonly username: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly role: 'user' | 'admin';
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface NewUser {
  readonly username?: string | null;
  readonly name: string;
  readonly email?: string | null;
}
