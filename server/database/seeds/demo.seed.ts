import type { Kysely } from 'kysely';
import { hashApiKey, prefixOf } from '../../domain/api-keys/api-key.secret.js';
import { addToCatalogCount } from '../../domain/movies/catalog-count.repository.js';
import { indexLetters } from '../../domain/movies/movie-letter.repository.js';
import { movieTexts } from '../../domain/movies/movie-texts.js';
import { songKeys } from '../../domain/music/song-keys.js';
import { foldText } from '../../domain/text.js';
import { normalizeEmail } from '../../domain/users/profile.js';
import type { Database, Tables } from '../database.js';
import { demoMovies, demoRatings, demoSongs, demoUsers, demoWatchlistItems } from './demo-data.js';

/** `seeded`: it was empty. `present`: the demo set is there, whatever became of it since. `occupied`: other data is. */
export type SeedOutcome = 'seeded' | 'present' | 'occupied';

/**
 * Puts the demo set into a database that has no films and no users. Its ids are documented, so it never goes beside
 * other data; repeating it changes nothing.
 */
export async function seedDemo(database: Database): Promise<SeedOutcome> {
  return database.transaction(async ({ sql, audit }) => {
    const firstUser = await sql
      .selectFrom('users')
      .select(['id', 'username'])
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    const firstSong = await sql.selectFrom('songs').select('id').limit(1).executeTakeFirst();
    if (firstUser?.id === 1 && firstUser.username === demoUsers[0]?.username) {
      // A demo set from before there were songs.
      if (!firstSong) await insertSongs(sql);
      return 'present';
    }
    const firstMovie = await sql.selectFrom('movies').select('id').limit(1).executeTakeFirst();
    if (firstUser || firstMovie || firstSong) return 'occupied';
    await insertUsers(sql);
    await insertMovies(sql);
    await insertSongs(sql);
    await insertActivity(sql);
    await audit({ action: 'catalog.seed', subjectId: null });
    return 'seeded';
  });
}

async function insertUsers(sql: Kysely<Tables>): Promise<void> {
  const rows = demoUsers.map(({ apiKey: _apiKey, ...user }, index) => ({
    ...user,
    id: index + 1,
    email_normalized: normalizeEmail(user.email),
    created_at: Date.now(),
  }));
  await sql.insertInto('users').values(rows).execute();
  const keys = demoUsers.map(({ apiKey }, index) => ({
    id: index + 1,
    user_id: index + 1,
    name: 'demo',
    prefix: prefixOf(apiKey),
    hash: hashApiKey(apiKey),
    created_at: Date.now(),
  }));
  await sql.insertInto('api_keys').values(keys).execute();
}

async function insertMovies(sql: Kysely<Tables>): Promise<void> {
  const genres = [...new Set(demoMovies.map(([, , , genre]) => genre))].sort();
  const genreId = (name: string): number => genres.indexOf(name) + 1;
  const genreRows = genres.map((name) => ({ id: genreId(name), name, name_key: foldText(name) }));
  await sql.insertInto('genres').values(genreRows).execute();
  const movies = demoMovies.map(([title, year, director, genre, duration], index) => ({
    id: index + 1,
    ...movieTexts({ title, year, director }),
    year,
    director,
    duration_minutes: duration,
    primary_genre_id: genreId(genre),
    ...aggregateOf(index + 1),
    created_at: Date.now(),
  }));
  await sql.insertInto('movies').values(movies).execute();
  await indexLetters(
    sql,
    movies.map(({ id }) => id),
  );
  const links = demoMovies.map(([, , , genre], index) => ({
    movie_id: index + 1,
    genre_id: genreId(genre),
    position: 0,
  }));
  await sql.insertInto('movie_genres').values(links).execute();
  await sql.insertInto('catalog_counts').values({ name: 'movies', value: movies.length }).execute();
}

async function insertSongs(sql: Kysely<Tables>): Promise<void> {
  const songs = demoSongs.map(([title, artist], index) => {
    const { titleKey, artistKey } = songKeys({ title, artist });
    return { id: index + 1, title, artist, title_key: titleKey, artist_key: artistKey, created_at: Date.now() };
  });
  await addToCatalogCount(sql, 'songs', songs.length);
  await sql.insertInto('songs').values(songs).execute();
}

function aggregateOf(movieId: number) {
  const scores = demoRatings.filter(([, rated]) => rated === movieId).map(([, , hundredths]) => hundredths);
  const sum = scores.reduce((total, score) => total + score, 0);
  return {
    rating_count: scores.length,
    rating_sum: sum,
    average_rating: scores.length ? sum / (scores.length * 100) : null,
  };
}

async function insertActivity(sql: Kysely<Tables>): Promise<void> {
  const now = Date.now();
  const ratings = demoRatings.map(([userId, movieId, score, comment], index) => ({
    id: index + 1,
    user_id: userId,
    movie_id: movieId,
    score,
    comment,
    created_at: now,
    updated_at: now,
  }));
  await sql.insertInto('ratings').values(ratings).execute();
  const items = demoWatchlistItems.map(([userId, movieId, watched], index) => ({
    id: index + 1,
    user_id: userId,
    movie_id: movieId,
    watched,
    created_at: now,
  }));
  await sql.insertInto('watchlist_items').values(items).execute();
}
