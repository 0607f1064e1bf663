import { type Kysely, type RawBuilder, sql } from 'kysely';

/**
 * Makes SQLite's trigram index (migration 20261122000200) anew.
 *
 * @param withDirector whether directors are among the indexed texts
 */
export async function recreateSqliteIndex(db: Kysely<unknown>, withDirector: boolean): Promise<void> {
  const text = (film: 'new' | 'old' | 'movies') => sqliteText(film, withDirector);
  const add = sql`insert into movies_fts (rowid, grams) select new.id, ${text('new')}`;
  const remove = sql`insert into movies_fts (movies_fts, rowid, grams) select 'delete', old.id, ${text('old')}`;
  const columns = withDirector ? sql`search_text, sort_title, director_key` : sql`search_text, sort_title`;
  for (const event of ['insert', 'delete', 'update']) {
    await sql`drop trigger ${sql.ref(`movies_fts_${event}`)}`.execute(db);
  }
  await sql`drop table movies_terms_fts`.execute(db);
  await sql`drop table movies_fts`.execute(db);
  await sql`create virtual table movies_fts using fts5 (
    grams, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
  )`.execute(db);
  await sql`create virtual table movies_terms_fts using fts5vocab (movies_fts, instance)`.execute(db);
  await sql`create trigger movies_fts_insert after insert on movies begin ${add}; end`.execute(db);
  await sql`create trigger movies_fts_delete after delete on movies begin ${remove}; end`.execute(db);
  await sql`create trigger movies_fts_update after update of id, ${columns} on movies
    begin ${remove}; ${add}; end`.execute(db);
  await sql`insert into movies_fts (rowid, grams) select id, ${text('movies')} from movies`.execute(db);
}

function sqliteText(film: 'new' | 'old' | 'movies', withDirector: boolean): RawBuilder<unknown> {
  const [searchText, sortTitle] = [sql.ref(`${film}.search_text`), sql.ref(`${film}.sort_title`)];
  const titles = sql`case when instr(${searchText}, ${sortTitle}) then ${searchText}
    else ${searchText} || char(10) || ${sortTitle} end`;
  const director = sql`coalesce(char(10) || ${sql.ref(`${film}.director_key`)}, '')`;
  return withDirector ? sql`${titles} || ${director} || char(10) || char(10)` : sql`${titles} || char(10) || char(10)`;
}

/**
 * Makes MySQL's trigram index (migration 20261122000200) anew; it is a generated column, so this rewrites the table.
 *
 * @param withDirector whether directors are among the indexed texts
 */
export async function recreateMySqlIndex(db: Kysely<unknown>, withDirector: boolean): Promise<void> {
  const titles = sql`case when instr(search_text, sort_title) > 0 then search_text
    else concat(search_text, '\n', sort_title) end`;
  const text = withDirector ? sql`concat(${titles}, coalesce(concat('\n', director_key), ''))` : titles;
  const grams = sql`regexp_replace(
    concat(lower(hex(${text})), '0a0a'), '(..)(?=(....))', ${sql.lit(await groups(db))}
  )`;
  await sql`alter table movies drop index movies_search_fts, drop column search_grams_fts`.execute(db);
  await sql`alter table movies
    add column search_grams_fts text character set ascii collate ascii_bin
      generated always as (${grams}) stored invisible,
    add fulltext index movies_search_fts (search_grams_fts)`.execute(db);
}

/** The replacement of both groups, which MySQL and MariaDB spell differently. */
async function groups(db: Kysely<unknown>): Promise<string> {
  const { rows } = await sql<{ version: string }>`select version() as version`.execute(db);
  return rows[0]?.version.includes('MariaDB') ? String.raw`\1\2 ` : '$1$2 ';
}
