import { Migration } from '@mikro-orm/migrations';
import type { Kysely } from 'kysely';
import { booleanDefault, type ColumnTypes, columnTypesFor } from './columns.js';

/** Users, films with their genres, ratings and watchlists. */
export class Migration20261122000000 extends Migration {
  override readonly name = '20261122000000-films-ratings-watchlists';

  override async up(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    const types = columnTypesFor(this.driver);
    await createUsers(db, types);
    await createGenres(db, types);
    await createMovies(db, types);
    await createMovieGenres(db, types);
    await createCatalogCounts(db, types);
    await createRatings(db, types);
    await createWatchlistItems(db, types);
  }

  override async down(): Promise<void> {
    const db: Kysely<unknown> = this.getEntityManager().getKysely();
    for (const table of ['watchlist_items', 'ratings', 'catalog_counts', 'movie_genres', 'movies', 'genres', 'users']) {
      await db.schema.dropTable(table).execute();
    }
  }
}

interface Index {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: true;
}

async function createIndexes(db: Kysely<unknown>, table: string, indexes: readonly Index[]): Promise<void> {
  for (const { name, columns, unique } of indexes) {
    const index = db.schema
      .createIndex(name)
      .on(table)
      .columns([...columns]);
    await (unique ? index.unique() : index).execute();
  }
}

async function createUsers(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('users'))
    .addColumn('username', types.text(190))
    .addColumn('name', types.text(190), (column) => column.notNull())
    .addColumn('email', types.text(320))
    .addColumn('email_normalized', types.text(320))
    .addColumn('active', types.boolean, (column) => column.notNull().defaultTo(booleanDefault(true)))
    .addColumn('role', types.text(10), (column) => column.notNull().defaultTo('user'))
    .addColumn('api_key_hash', types.text(64))
    .addColumn('created_at', types.bigint, (column) => column.notNull());
  await types.finish(table).execute();
  await createIndexes(db, 'users', [
    { name: 'users_username_unique', columns: ['username'], unique: true },
    { name: 'users_email_normalized_unique', columns: ['email_normalized'], unique: true },
    { name: 'users_api_key_hash_unique', columns: ['api_key_hash'], unique: true },
  ]);
}

async function createGenres(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('genres'))
    .addColumn('name', types.text(100), (column) => column.notNull())
    .addColumn('name_key', types.text(100), (column) => column.notNull());
  await types.finish(table).execute();
  await createIndexes(db, 'genres', [
    { name: 'genres_name_unique', columns: ['name'], unique: true },
    { name: 'genres_name_key_index', columns: ['name_key'] },
  ]);
}

async function createMovies(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('movies'))
    .addColumn('title', types.text(500), (column) => column.notNull())
    .addColumn('sort_title', types.text(500), (column) => column.notNull())
    .addColumn('search_text', types.text(600), (column) => column.notNull())
    .addColumn('year', types.integer)
    .addColumn('director', types.text(200))
    .addColumn('director_key', types.text(200))
    .addColumn('duration_minutes', types.integer)
    .addColumn('status', types.text(20), (column) => column.notNull().defaultTo('available'))
    .addColumn('poster_key', types.text(500))
    .addColumn('content_url', types.text(500))
    .addColumn('movie_lens_id', types.integer)
    .addColumn('movie_lens_title', types.text(600))
    .addColumn('imdb_id', types.text(20))
    .addColumn('tmdb_id', types.text(20))
    .addColumn('primary_genre_id', types.id)
    .addColumn('rating_count', types.integer, (column) => column.notNull().defaultTo(0))
    .addColumn('rating_sum', types.bigint, (column) => column.notNull().defaultTo(0))
    .addColumn('average_rating', types.double)
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('movies_primary_genre_id_foreign', ['primary_genre_id'], 'genres', ['id'], (key) =>
      key.onDelete('set null'),
    );
  await types.finish(table).execute();
  await createIndexes(db, 'movies', [
    { name: 'movies_movie_lens_id_unique', columns: ['movie_lens_id'], unique: true },
    { name: 'movies_primary_genre_id_index', columns: ['primary_genre_id'] },
    { name: 'movies_sort_title_index', columns: ['sort_title', 'id'] },
    { name: 'movies_year_index', columns: ['year', 'id'] },
    { name: 'movies_average_rating_index', columns: ['average_rating', 'id'] },
    { name: 'movies_rating_count_index', columns: ['rating_count', 'id'] },
    { name: 'movies_created_at_index', columns: ['created_at', 'id'] },
    { name: 'movies_status_index', columns: ['status', 'id'] },
  ]);
}

async function createMovieGenres(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = db.schema
    .createTable('movie_genres')
    .addColumn('movie_id', types.id, (column) => column.notNull())
    .addColumn('genre_id', types.id, (column) => column.notNull())
    .addColumn('position', types.integer, (column) => column.notNull())
    .addPrimaryKeyConstraint('movie_genres_primary', ['movie_id', 'genre_id'])
    .addForeignKeyConstraint('movie_genres_movie_id_foreign', ['movie_id'], 'movies', ['id'], (key) =>
      key.onUpdate('cascade').onDelete('cascade'),
    )
    .addForeignKeyConstraint('movie_genres_genre_id_foreign', ['genre_id'], 'genres', ['id'], (key) =>
      key.onUpdate('cascade').onDelete('cascade'),
    );
  await types.finish(table).execute();
  await createIndexes(db, 'movie_genres', [{ name: 'movie_genres_genre_id_index', columns: ['genre_id', 'movie_id'] }]);
}

async function createCatalogCounts(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = db.schema
    .createTable('catalog_counts')
    .addColumn('name', types.text(50), (column) => column.notNull().primaryKey())
    .addColumn('value', types.integer, (column) => column.notNull());
  await types.finish(table).execute();
}

async function createRatings(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('ratings'))
    .addColumn('user_id', types.id, (column) => column.notNull())
    .addColumn('movie_id', types.id, (column) => column.notNull())
    .addColumn('score', types.integer, (column) => column.notNull())
    .addColumn('comment', types.text(500))
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addColumn('updated_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('ratings_user_id_foreign', ['user_id'], 'users', ['id'])
    .addForeignKeyConstraint('ratings_movie_id_foreign', ['movie_id'], 'movies', ['id']);
  await types.finish(table).execute();
  await createIndexes(db, 'ratings', [
    { name: 'ratings_user_id_movie_id_unique', columns: ['user_id', 'movie_id'], unique: true },
    { name: 'ratings_movie_id_id_index', columns: ['movie_id', 'id'] },
    { name: 'ratings_movie_id_created_at_index', columns: ['movie_id', 'created_at', 'id'] },
    { name: 'ratings_user_id_created_at_index', columns: ['user_id', 'created_at', 'id'] },
  ]);
}

async function createWatchlistItems(db: Kysely<unknown>, types: ColumnTypes): Promise<void> {
  const table = types
    .withId(db.schema.createTable('watchlist_items'))
    .addColumn('user_id', types.id, (column) => column.notNull())
    .addColumn('movie_id', types.id, (column) => column.notNull())
    .addColumn('watched', types.boolean, (column) => column.notNull().defaultTo(booleanDefault(false)))
    .addColumn('created_at', types.bigint, (column) => column.notNull())
    .addForeignKeyConstraint('watchlist_items_user_id_foreign', ['user_id'], 'users', ['id'])
    .addForeignKeyConstraint('watchlist_items_movie_id_foreign', ['movie_id'], 'movies', ['id']);
  await types.finish(table).execute();
  await createIndexes(db, 'watchlist_items', [
    { name: 'watchlist_items_user_id_movie_id_unique', columns: ['user_id', 'movie_id'], unique: true },
    { name: 'watchlist_items_user_id_id_index', columns: ['user_id', 'id'] },
    { name: 'watchlist_items_movie_id_index', columns: ['movie_id'] },
  ]);
}
