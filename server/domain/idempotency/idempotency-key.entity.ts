import { defineEntity, type Platform, p, Type } from '@mikro-orm/core';

/** Text of any length, for which SQLite has no word of its own. */
class LongText extends Type<string, string> {
  override getColumnType(_property: unknown, platform: Platform): string {
    return platform.constructor.name === 'SqlitePlatform' ? 'text' : 'longtext';
  }
}

/** A request that its sender may repeat, and the answer to it (ADR 0011). Nothing in it can be read without the key. */
export const IdempotencyKey = defineEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_keys',
  properties: {
    /** A hash of who asks and the key they gave. */
    id: p.string().length(64).primary(),
    /** A hash of what they asked. */
    fingerprint: p.string().length(64),
    /** The answer, encrypted; null while it is being worked out. */
    answer: p.type(LongText).nullable(),
    /** Milliseconds since the epoch: until when nobody else works it out. */
    lockedUntil: p.bigint('number'),
    /** Milliseconds since the epoch: when the key is forgotten. */
    expiresAt: p.bigint('number').index('idempotency_keys_expires_at_index'),
  },
});
