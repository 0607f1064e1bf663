import { defineEntity, p } from '@mikro-orm/core';

/** A person, or the stand-in for one that an import created. One row per person, whichever door they come through. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  indexes: [{ name: 'users_profile_image_key_index', properties: ['profileImageKey'] }],
  uniques: [{ name: 'users_issuer_subject_unique', properties: ['issuer', 'subject'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    username: p.string().length(190).nullable().unique('users_username_unique'),
    name: p.string().length(190),
    email: p.string().length(320).nullable(),
    /** The e-mail as it is compared: trimmed and lower-cased. */
    emailNormalized: p.string().length(320).nullable().hidden().unique('users_email_normalized_unique'),
    /** A disabled account is refused everywhere, whatever the credential. */
    active: p.boolean().default(true),
    role: p.string().length(10).default('user'),
    /** argon2id, or argon2id over MD5 behind a prefix (`password.ts`); null for those who never log in with one. */
    passwordHash: p.string().length(200).nullable().hidden().lazy(),
    /** Who vouches for this person's bearer tokens, and what they call them. */
    issuer: p.string().length(255).nullable(),
    subject: p.string().length(255).nullable(),
    /** The key of their picture in the image store, or an address that begins with `http`. */
    profileImageKey: p.string().length(500).nullable(),
    /** Milliseconds since the epoch (ADR 0003). */
    createdAt: p.bigint('number'),
  },
});
