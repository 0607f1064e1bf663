/** A session just begun, with its token: a secret of whoever logged in. */
export interface NewSession {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/** Whose session it is. */
export interface SessionOwner {
  readonly userId: number;
  readonly role: 'user' | 'admin';
  readonly active: boolean;
}
