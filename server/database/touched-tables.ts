import type { AbstractSqlDriver, MikroORM } from '@mikro-orm/sql';
import { LRUCache } from 'lru-cache';

/** Tables whose rows a statement reads, and those whose rows it changes. `everything`: it cannot be told which. */
export interface TouchedTables {
  readonly reads: readonly string[];
  readonly changes: readonly string[] | 'everything';
}

/** Tells of any statement, whoever wrote it, which tables it touches. */
export type FindTouched = (sql: string) => TouchedTables;

/** Texts that are remembered: prepared statements are few, and others are read again. */
const maxTexts = 2_000;
const word = /[a-z_][a-z0-9_]*/gi;
const reading = /^[\s(]*(?:select|values)\b/i;
/** What changes one table, and names it here. */
const changing = /^\s*(?:insert\s+(?:ignore\s+)?into|update|delete\s+from)\s+[`"]?([a-z_]\w*)/i;
const deleting = /^\s*delete\b/i;
/** Something comes after what the text begins with. */
const several = /;\s*\S/;
/** What is about the connection, and no row. */
const controlling = /^\s*(?:begin|start|commit|rollback|savepoint|release|set|pragma|show|explain)\b/i;

const nothing: TouchedTables = { reads: [], changes: [] };

/**
 * Reads the text of statements: whoever touches a table says its name, except where the database itself goes on to other
 * tables, which the schema says (what is deleted with a row, search indexes). So a statement is never thought to touch
 * less than it does, but maybe more: a name may be something else's, too. One of an unknown kind changes everything.
 */
export function createFindTouched(orm: MikroORM<AbstractSqlDriver>): FindTouched {
  const schema = readSchema(orm);
  const known = new LRUCache<string, TouchedTables>({ max: maxTexts });
  return (sql) => {
    const found = known.get(sql);
    if (found) return found;
    const read = findTouched(sql, schema);
    known.set(sql, read);
    return read;
  };
}

interface Schema {
  readonly tables: ReadonlySet<string>;
  /** Tables that refer to another, so that rows of theirs may go, or change, when a row of that one goes. */
  readonly dependents: ReadonlyMap<string, ReadonlySet<string>>;
}

function readSchema(orm: MikroORM<AbstractSqlDriver>): Schema {
  const dependents = new Map<string, Set<string>>();
  const tables = new Set<string>();
  for (const { tableName, properties } of orm.getMetadata().getAll().values()) {
    tables.add(tableName);
    for (const { targetMeta } of Object.values(properties)) {
      if (!targetMeta) continue;
      const found = dependents.get(targetMeta.tableName) ?? new Set();
      dependents.set(targetMeta.tableName, found.add(tableName));
    }
  }
  return { tables, dependents };
}

function findTouched(sql: string, schema: Schema): TouchedTables {
  if (several.test(sql)) return { reads: [], changes: 'everything' };
  if (controlling.test(sql)) return nothing;
  const reads = tablesIn(sql, schema);
  if (reading.test(sql)) return { reads, changes: [] };
  const changed = changing.exec(sql)?.[1]?.toLowerCase();
  if (changed === undefined || !schema.tables.has(changed)) return { reads, changes: 'everything' };
  return { reads, changes: deleting.test(sql) ? withDependents(changed, schema) : [changed] };
}

function tablesIn(sql: string, { tables }: Schema): string[] {
  const found = new Set<string>();
  for (const [text] of sql.matchAll(word)) {
    const name = text.toLowerCase();
    const table = tables.has(name) ? name : indexedBy(name, tables);
    if (table !== undefined) found.add(table);
  }
  return [...found];
}

/** A search index is kept by triggers, and as old or new as its table. */
function indexedBy(name: string, tables: ReadonlySet<string>): string | undefined {
  return name.endsWith('_fts') ? [...tables].find((table) => name.startsWith(`${table}_`)) : undefined;
}

function withDependents(table: string, { dependents }: Schema): string[] {
  const found = new Set([table]);
  // A set that grows while it is gone through shows what is added, too.
  for (const each of found) for (const dependent of dependents.get(each) ?? []) found.add(dependent);
  return [...found];
}
