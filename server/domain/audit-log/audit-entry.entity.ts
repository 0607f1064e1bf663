import { defineEntity, p } from '@mikro-orm/core';

/**
 * A change that someone made. Rows are added and never changed or deleted, which the database itself refuses; they refer
 * to nothing by a foreign key, because they outlive what they are about.
 */
export const AuditEntry = defineEntity({
  name: 'AuditEntry',
  tableName: 'audit_log',
  indexes: [
    { name: 'audit_log_actor_index', properties: ['actorKind', 'actorId', 'id'] },
    { name: 'audit_log_subject_index', properties: ['subjectType', 'subjectId', 'id'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    createdAt: p.bigint('number'),
    actorKind: p.string().length(10),
    actorId: p.string().length(255).nullable(),
    door: p.string().length(32),
    requestId: p.string().length(128).nullable(),
    action: p.string().length(64),
    subjectType: p.string().length(32),
    subjectId: p.integer().nullable(),
    /** JSON. BEFORE and AFTER are words of SQL. */
    oldValues: p.string().length(2000).nullable(),
    newValues: p.string().length(2000).nullable(),
  },
});
