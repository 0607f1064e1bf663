import type { MikroORM } from '@mikro-orm/core';
import { MySqlSchemaHelper } from '@mikro-orm/mysql';
import type { AbstractSqlDriver } from '@mikro-orm/sql';

/** How everything is named that a migration makes for searching and no entity declares. */
const searchIndexName = /_fts$/;

/**
 * Hides the search index from MikroORM, which would otherwise want to drop it. MikroORM can be told to skip tables and
 * triggers, which is all there is on SQLite, but not a column and its index, which is what MySQL has instead.
 */
export const hiddenSearchIndex = {
  register(orm: MikroORM): void {
    const helper = (orm.driver as AbstractSqlDriver).getPlatform().getSchemaHelper(); // there are only SQL drivers here
    if (!(helper instanceof MySqlSchemaHelper)) return;
    const columns = helper.getAllColumns.bind(helper);
    const indexes = helper.getAllIndexes.bind(helper);
    helper.getAllColumns = async (...parameters) => without(await columns(...parameters), ({ name }) => name);
    helper.getAllIndexes = async (...parameters) => without(await indexes(...parameters), ({ keyName }) => keyName);
  },
};

/** Takes the search index out of what is there by table. */
function without<T>(byTable: Readonly<Record<string, T[]>>, nameOf: (item: T) => string): Record<string, T[]> {
  return Object.fromEntries(
    Object.entries(byTable).map(([table, items]) => [
      table,
      items.filter((item) => !searchIndexName.test(nameOf(item))),
    ]),
  );
}
