import { Migration } from '@mikro-orm/migrations';
import { type Kysely, sql } from 'kysely';
import { columnTypesFor } from './columns.js';

/**
 * An index over every three neighbouring letters of a film's folded titles, so that a text anywhere in them is found
 * without reading all films (ADR 0008). The engine itself keeps it in step, so no writer can forget to; queries are in
 * `movie-search.repository.ts`, which must cut texts as is done here.
 */
export class Migration20261122000200 extends Migration {
  override readonly name = '20261122000200-movie-search';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    await (columnTypesFor(this.driver).engine === 'sqlite' ? upSqlite(db) : upMySql(db));
  }

  override async down(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    await (columnTypesFor(this.driver).engine === 'sqlite' ? downSqlite(db) : downMySql(db));
  }
}

/** What is indexed of the film of a trigger: two ends of line let the last letters, too, begin a trigram. */
function indexedText(film: 'new' | 'old' | 'movies') {
  const [searchText, sortTitle] = [sql.ref(`${film}.search_text`), sql.ref(`${film}.sort_title`)];
  return sql`case when instr(${searchText}, ${sortTitle}) then ${searchText}
    else ${searchText} || char(10) || ${sortTitle} end || char(10) || char(10)`;
}

async function upSqlite(db: Kysely<unknown>): Promise<void> {
  const add = sql`insert into movies_fts (rowid, grams) select new.id, ${indexedText('new')}`;
  const remove = sql`insert into movies_fts (movies_fts, rowid, grams) select 'delete', old.id, ${indexedText('old')}`;
  // Whoever drops all tables of ours leaves these behind.
  await dropSqliteTables(db);
  // Only which film has a trigram is kept: texts are compared with the film's own columns.
  await sql`create virtual table movies_fts using fts5 (
    grams, content = '', columnsize = 0, detail = none, tokenize = 'trigram case_sensitive 1'
  )`.execute(db);
  await sql`create virtual table movies_terms_fts using fts5vocab (movies_fts, instance)`.execute(db);
  await sql`create trigger movies_fts_insert after insert on movies begin ${add}; end`.execute(db);
  await sql`create trigger movies_fts_delete after delete on movies begin ${remove}; end`.execute(db);
  // Ratings change a film's other columns all the time, and must not pay for this.
  await sql`create trigger movies_fts_update after update of id, search_text, sort_title on movies
    begin ${remove}; ${add}; end`.execute(db);
  await sql`insert into movies_fts (rowid, grams) select id, ${indexedText('movies')} from movies`.execute(db);
}

async function downSqlite(db: Kysely<unknown>): Promise<void> {
  for (const event of ['insert', 'delete', 'update'])
    await sql`drop trigger ${sql.ref(`movies_fts_${event}`)}`.execute(db);
  await dropSqliteTables(db);
}

async function dropSqliteTables(db: Kysely<unknown>): Promise<void> {
  await sql`drop table if exists movies_terms_fts`.execute(db);
  await sql`drop table if exists movies_fts`.execute(db);
}

/**
 * MariaDB has no n-gram parser, so the trigrams are written out as words: three bytes in hexadecimal, which no stop
 * word, minimal length or separator can get at. A generated column needs no trigger, which a server with a binary log
 * lets only administrators create.
 */
async function upMySql(db: Kysely<unknown>): Promise<void> {
  const text = sql`case when instr(search_text, sort_title) > 0 then search_text
    else concat(search_text, '\n', sort_title) end`;
  // Each byte is replaced by itself and the two that follow it.
  const grams = sql`regexp_replace(
    concat(lower(hex(${text})), '0a0a'), '(..)(?=(....))', ${sql.lit(await groups(db))}
  )`;
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

async function downMySql(db: Kysely<unknown>): Promise<void> {
  await sql`alter table movies drop index movies_search_fts, drop column search_grams_fts`.execute(db);
}
