import { Migration } from '@mikro-orm/migrations';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type ColumnTypes, columnTypesFor } from './columns.js';
import { recreateMySqlIndex, recreateSqliteIndex } from './movie-search-index.js';

/**
 * A table of which films have which single ASCII character, and directors among the texts of the trigram index: with
 * both, no search reads all films (ADR 0008).
 */
export class Migration20261125000100 extends Migration {
  override readonly name = '20261125000100-movie-letters';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await createMovieLetters(db, types);
    await recreateIndex(db, types, true);
  }

  override async down(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    await recreateIndex(db, columnTypesFor(this.driver), false);
    await db.schema.dropTable('movie_letters').execute();
  }
}

function recreateIndex(db: Kysely<unknown>, { engine }: ColumnTypes, withDirector: boolean): Promise<void> {
  return engine === 'sqlite' ? recreateSqliteIndex(db, withDirector) : recreateMySqlIndex(db, withDirector);
}

async function createMovieLetters(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = db.schema
    .createTable('movie_letters')
    .addColumn('letter', types.id, (column) => column.notNull())
    .addColumn('movie_id', types.id, (column) => column.notNull())
    .addColumn('places', types.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('movie_letters_primary', ['letter', 'movie_id'])
    .addForeignKeyConstraint('movie_letters_movie_id_foreign', ['movie_id'], 'movies', ['id'], (key) =>
      key.onDelete('cascade'),
    );
  // SQLite then keeps the rows in their primary key, and not beside it.
  await (types.engine === 'sqlite' ? table.modifyEnd(sql`without rowid`) : types.finish(table)).execute();
  await db.schema.createIndex('movie_letters_movie_id_index').on('movie_letters').column('movie_id').execute();
  await fillMovieLetters(db);
}

/** The films that are there already; `lettersOf` (`movie-letters.ts`) does the same for those to come. */
async function fillMovieLetters(db: Kysely<unknown>): Promise<void> {
  const codes = Array.from({ length: 127 }, (_, index) => index + 1).filter((code) => code !== 32);
  const letters = codes.map((code) => sql`select ${sql.lit(code)} as code`);
  const texts = sql`${bit('sort_title', 1)} + ${bit('search_text', 2)} + ${bit('director_key', 4)}`;
  await sql`insert into movie_letters (letter, movie_id, places)
    select letters.code, movies.id, ${texts} + case when movie_lens_id is null then 0 else 8 end
    from movies join (${sql.join(letters, sql` union all `)}) as letters on ${texts} > 0
    order by letters.code, movies.id`.execute(db);
}

function bit(column: string, value: number): RawBuilder<number> {
  return sql<number>`case when instr(${sql.ref(column)}, char(letters.code)) > 0 then ${sql.lit(value)} else 0 end`;
}
