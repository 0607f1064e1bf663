import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { MariaDbDriver } from '@mikro-orm/mariadb';
import { type AbstractSqlDriver, MikroORM } from '@mikro-orm/sql';
import { sql } from 'kysely';
import { Database } from '../../server/database/database.js';
import { migrations } from '../../server/database/migrations/index.js';
import { createOrmOptions } from '../../server/database/mikro-orm.config.js';
import { migrate } from '../../server/database/schema.js';
import { describeOnEveryEngine, type TestDatabase } from '../support/engines.js';

describeOnEveryEngine('migrations', (engine) => {
  let target: TestDatabase;
  let database: Database;

  beforeEach(async () => {
    target = await engine.createDatabase();
    database = await Database.open(target.config);
  });

  afterEach(async () => {
    await database.close();
    await target.drop();
  });

  test('make the tables that the entities describe, and again after they were undone', async () => {
    expect(await database.findReadiness()).toBe('migrationsPending');
    expect(await migrate(database)).toHaveLength(migrations.length);
    expect(await findDrift()).toBe('');

    await database.orm.migrator.down({ to: 0 });
    expect(await database.orm.migrator.getExecuted()).toEqual([]);
    expect(await findTables()).toEqual([]);

    await migrate(database);
    expect(await database.findReadiness()).toBe('ready');
    expect(await findDrift()).toBe('');
  });

  test('have nothing to do when they were all applied', async () => {
    await migrate(database);
    expect(await migrate(database)).toEqual([]);
  });

  test('differ from the entities as soon as a table does', async () => {
    await migrate(database);
    await sql`alter table users add column nickname varchar(20)`.execute(database.sql);
    expect(await findDrift()).toContain('nickname');
  });

  /** What MikroORM would still change to make the tables fit the entities. */
  async function findDrift(): Promise<string> {
    if (!(await isMariaDb())) return (await database.orm.schema.getUpdateSchemaSQL()).trim();
    // MariaDB words the defaults in its catalogue differently, which only its own driver knows.
    const orm = await MikroORM.init<AbstractSqlDriver>({
      ...(await createOrmOptions(target.config)),
      driver: MariaDbDriver,
    });
    try {
      return (await orm.schema.getUpdateSchemaSQL()).trim();
    } finally {
      await orm.close();
    }
  }

  async function isMariaDb(): Promise<boolean> {
    if (engine.name !== 'mysql') return false;
    const { rows } = await sql<{ version: string }>`select version() as version`.execute(database.sql);
    return rows[0]?.version.includes('MariaDB') ?? false;
  }

  async function findTables(): Promise<string[]> {
    const tables = await database.sql.introspection.getTables();
    return tables.map(({ name }) => name).filter((name) => name !== 'mikro_orm_migrations');
  }
});
