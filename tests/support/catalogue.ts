import type { Database } from '../../server/database/database.js';

/** Everything an import writes, in words instead of our ids and without the time of the import. */
export async function readCatalogue(database: Database) {
  return {
    movies: await readMovies(database),
    users: await database.sql.selectFrom('users').select(['username', 'name', 'password_hash']).orderBy('id').execute(),
    ratings: await readRatings(database),
    counts: await database.sql.selectFrom('catalog_counts').selectAll().orderBy('name').execute(),
  };
}

/** The films by id, each with the names of its genres in their order. */
export async function readMovies(database: Database) {
  const movies = await database.sql
    .selectFrom('movies')
    .leftJoin('genres', 'genres.id', 'movies.primary_genre_id')
    .selectAll('movies')
    .select('genres.name as primaryGenre')
    .orderBy('movies.id')
    .execute();
  const genres = await database.sql
    .selectFrom('movie_genres')
    .innerJoin('genres', 'genres.id', 'movie_genres.genre_id')
    .select(['movie_id', 'name'])
    .orderBy('movie_id')
    .orderBy('position')
    .execute();
  const byMovie = Map.groupBy(genres, (row) => row.movie_id);
  return movies.map(({ id, created_at: _createdAt, primary_genre_id: _primaryGenreId, ...movie }) => ({
    ...movie,
    rating_sum: Number(movie.rating_sum),
    genres: (byMovie.get(id) ?? []).map(({ name }) => name),
  }));
}

/** The ratings of MovieLens people, in a fixed order. */
export async function readRatings(database: Database) {
  const rows = await database.sql
    .selectFrom('ratings')
    .innerJoin('users', 'users.id', 'ratings.user_id')
    .innerJoin('movies', 'movies.id', 'ratings.movie_id')
    .select(['users.username', 'movies.movie_lens_id', 'score', 'comment', 'ratings.created_at', 'ratings.updated_at'])
    .where('users.username', 'like', 'movielens-%')
    .orderBy('users.username')
    .orderBy('movies.movie_lens_id')
    .execute();
  return rows.map((row) => ({ ...row, created_at: Number(row.created_at), updated_at: Number(row.updated_at) }));
}
