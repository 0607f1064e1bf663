import type { AbstractSqlDriver } from '@mikro-orm/sql';
import { type CreateTableBuilder, type Expression, type Kysely, type RawBuilder, sql } from 'kysely';

type ColumnType = 'integer' | 'bigint' | 'text' | 'double precision' | RawBuilder<unknown>;

/** How each engine spells the column types of our entities; migrations use these so that one set serves all engines. */
export interface ColumnTypes {
  readonly engine: 'sqlite' | 'mysql';
  /** Primary keys and references to them. */
  readonly id: ColumnType;
  readonly integer: ColumnType;
  readonly bigint: ColumnType;
  readonly double: ColumnType;
  readonly boolean: ColumnType;
  /** @param length characters at most; SQLite has no limit of its own */
  text(length: number): ColumnType;
  /** Adds the auto-increment primary key `id`. */
  withId<T extends string>(table: CreateTableBuilder<T>): CreateTableBuilder<T, 'id'>;
  /** Appends what a table needs at its end: character set and collation where the engine has them. */
  finish<T extends string, C extends string>(table: CreateTableBuilder<T, C>): CreateTableBuilder<T, C>;
}

const sqlite: ColumnTypes = {
  engine: 'sqlite',
  id: 'integer',
  integer: 'integer',
  bigint: 'bigint',
  double: sql`double`,
  boolean: 'integer',
  text: () => 'text',
  withId: (table) => table.addColumn('id', 'integer', (column) => column.notNull().primaryKey().autoIncrement()),
  finish: (table) => table,
};

const mysql: ColumnTypes = {
  engine: 'mysql',
  id: sql`int unsigned`,
  integer: sql`int`,
  bigint: 'bigint',
  double: sql`double`,
  boolean: sql`tinyint(1)`,
  text: (length) => sql`varchar(${sql.lit(length)})`,
  withId: (table) =>
    table.addColumn('id', sql`int unsigned`, (column) => column.notNull().primaryKey().autoIncrement()),
  finish: (table) => table.modifyEnd(sql`default character set utf8mb4 collate utf8mb4_bin engine = InnoDB`),
};

/** The column types for the engine that `driver` talks to. */
export function columnTypesFor(driver: AbstractSqlDriver): ColumnTypes {
  return driver.getPlatform().constructor.name === 'SqlitePlatform' ? sqlite : mysql;
}

/** A literal boolean default, as each engine's catalogue reports it. */
export function booleanDefault(value: boolean): Expression<boolean> {
  return value ? sql`true` : sql`false`;
}

/** Drops an index; MySQL knows indexes only by their table. */
export async function dropIndex(
  db: Kysely<unknown>,
  types: ColumnTypes,
  index: { table: string; name: string },
): Promise<void> {
  const drop = db.schema.dropIndex(index.name);
  await (types.engine === 'mysql' ? drop.on(index.table) : drop).execute();
}
