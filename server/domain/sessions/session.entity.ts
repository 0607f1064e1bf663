import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';

/** A login that has not been ended; its token says which row it is. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  indexes: [
    { name: 'sessions_user_id_index', properties: ['user'] },
    { name: 'sessions_expires_at_index', properties: ['expiresAt'] },
  ],
  properties: {
    /** Random; the `jti` of the token. */
    id: p.string().length(32).primary(),
    user: () => p.manyToOne(User).index(false).foreignKeyName('sessions_user_id_foreign'),
    createdAt: p.bigint('number'),
    expiresAt: p.bigint('number'),
  },
});
