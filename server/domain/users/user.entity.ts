import { defineEntity, p } from '@mikro-orm/core';

/** A person, or the stand-in for one that an import created. One row per person, whichever door they come through. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: p.integer().primary().autoincrement(),
    username: p.string().length(190).nullable().unique('users_username_unique'),
    name: p.string().length(190),
    email: p.string().length(320).nullable(),
    /** The e-mail as it is compared: trimmed and lower-cased. */
    emailNormalized: p.string().length(320).nullable().hidden().unique('users_email_normalized_unique'),
    active: p.boolean().default(true),
    role: p.string().length(10).default('user'),
    /** SHA-256 in hex of the API key; a key is high-entropy, so it needs no salt or stretching. */
    apiKeyHash: p.string().length(64).nullable().hidden().lazy().unique('users_api_key_hash_unique'),
    /** Milliseconds since the epoch (ADR 0003). */
    createdAt: p.bigint('number'),
  },
});
