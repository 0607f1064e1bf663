import { defineEntity, p } from '@mikro-orm/core';
import { Genre } from './genre.entity.js';

/** A film, with the maintained aggregate of its ratings (ADR 0002). */
export const Movie = defineEntity({
  name: 'Movie',
  tableName: 'movies',
  indexes: [
    { name: 'movies_sort_title_index', properties: ['sortTitle', 'id'] },
    { name: 'movies_year_index', properties: ['year', 'id'] },
    { name: 'movies_average_rating_index', properties: ['averageRating', 'id'] },
    { name: 'movies_rating_count_index', properties: ['ratingCount', 'id'] },
    { name: 'movies_created_at_index', properties: ['createdAt', 'id'] },
    { name: 'movies_status_index', properties: ['status', 'id'] },
    { name: 'movies_poster_key_index', properties: ['posterKey'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    /** Without a trailing "(YYYY)". */
    title: p.string().length(500),
    /** The title as it is ordered: case and accents folded. */
    sortTitle: p.string().length(500),
    /** The full title, year included, as it is searched: case and accents folded. */
    searchText: p.string().length(600),
    year: p.integer().nullable(),
    director: p.string().length(200).nullable(),
    /** The director as searched: case and accents folded. */
    directorKey: p.string().length(200).nullable(),
    durationMinutes: p.integer().nullable(),
    /** `available` or `coming_soon`. */
    status: p.string().length(20).default('available'),
    posterKey: p.string().length(500).nullable(),
    contentUrl: p.string().length(500).nullable(),
    movieLensId: p.integer().nullable().unique('movies_movie_lens_id_unique'),
    /** The title as the MovieLens files spell it, byte for byte; their clients get exactly this back. */
    movieLensTitle: p.string().length(600).nullable(),
    imdbId: p.string().length(20).nullable(),
    tmdbId: p.string().length(20).nullable(),
    /** The one genre that single-genre contracts show (MIMO `genre`). */
    primaryGenre: () =>
      p
        .manyToOne(Genre)
        .nullable()
        .index('movies_primary_genre_id_index')
        .foreignKeyName('movies_primary_genre_id_foreign'),
    ratingCount: p.integer().default(0),
    /** Sum of the scores, in hundredths. */
    ratingSum: p.bigint('number').defaultRaw('0'),
    /** ratingSum / ratingCount / 100 as a double, kept only to be ordered and filtered by; null when unrated. */
    averageRating: p.double().nullable(),
    createdAt: p.bigint('number'),
  },
});

/** Which genres a film has, in the order its source lists them. */
export const MovieGenre = defineEntity({
  name: 'MovieGenre',
  tableName: 'movie_genres',
  indexes: [{ name: 'movie_genres_genre_id_index', properties: ['genre', 'movie'] }],
  properties: {
    movie: () =>
      p.manyToOne(Movie).primary().index(false).foreignKeyName('movie_genres_movie_id_foreign').deleteRule('cascade'),
    genre: () => p.manyToOne(Genre).primary().index(false).foreignKeyName('movie_genres_genre_id_foreign'),
    position: p.integer(),
  },
});
