/** A person as reads return them; secrets never leave the repository. */
export interface UserRow {
  readonly id: number;
  readonly username: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly active: boolean;
  readonly role: 'user' | 'admin';
  /** The key of their picture, or its address; `ImageService.urlOf` makes one of both. */
  readonly profileImageKey: string | null;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** People are listed in the order in which they came. */
export type UserOrderField = 'ID';

export interface UserFilter {
  /** Only those who have an e-mail address. */
  readonly hasEmail?: boolean | null;
}

/** Someone whom another system, or an administrator, puts in: without a password they log in elsewhere, or not at all. */
export interface NewPerson {
  readonly name: string;
  readonly email: string;
}

export interface NewUser {
  readonly username?: string | null;
  readonly name: string;
  readonly email?: string | null;
  readonly passwordHash?: string | null;
  readonly profileImageKey?: string | null;
  /** `user` unless said otherwise. */
  readonly role?: UserRow['role'];
}

/** Undefined leaves a value as it is. */
export interface UserChange {
  readonly username?: string | null | undefined;
  readonly name?: string | undefined;
  readonly email?: string | null | undefined;
  readonly passwordHash?: string | undefined;
  readonly profileImageKey?: string | null | undefined;
}

/** Who an issuer of tokens says someone is. */
export interface UserIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly name: string;
}

/** What someone registers with; the password in clear, for as long as it takes to hash it. */
export interface Registration {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly username?: string | null;
  /** Characters that the password has at the least; what is usual unless an older contract asks for fewer. */
  readonly minPasswordLength?: number;
  /** The key of a picture that was just stored for them. */
  readonly profileImageKey?: string | undefined;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Where the attempt comes from; attempts are limited by it, and by the account. */
  readonly address: string;
}

/** A change of one's own profile; the e-mail address and the password change only with the current password. */
export interface ProfileChange {
  readonly username?: string | null | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly newPassword?: string | undefined;
  readonly currentPassword?: string | undefined;
  /** The key of a picture that was just stored for them; null takes theirs away. */
  readonly profileImageKey?: string | null | undefined;
}
