import { defineEntity, p } from '@mikro-orm/core';

/** How often a caller used a route of a dialect on a day. */
export const DialectCalls = defineEntity({
  name: 'DialectCalls',
  tableName: 'dialect_calls',
  uniques: [{ name: 'dialect_calls_unique', properties: ['day', 'dialect', 'route', 'caller'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    /** UTC, as `2026-11-25`. */
    day: p.string().length(10),
    dialect: p.string().length(40),
    /** Method and template of the path. */
    route: p.string().length(120),
    /** As `callerOf` writes it. */
    caller: p.string().length(200),
    calls: p.bigint('number'),
  },
});
