import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';

/** A key that stands for its owner; the key itself is nowhere. */
export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_keys',
  indexes: [{ name: 'api_keys_user_id_index', properties: ['user', 'id'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    user: () => p.manyToOne(User).index(false).foreignKeyName('api_keys_user_id_foreign'),
    /** What its owner calls it. */
    name: p.string().length(100),
    prefix: p.string().length(20),
    /** SHA-256 in hex. */
    hash: p.string().length(64).hidden().unique('api_keys_hash_unique'),
    createdAt: p.bigint('number'),
    /** Kept to the minute, not to the request. */
    lastUsedAt: p.bigint('number').nullable(),
    revokedAt: p.bigint('number').nullable(),
  },
});
