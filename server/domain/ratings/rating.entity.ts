import { defineEntity, p } from '@mikro-orm/core';
import { Movie } from '../movies/movie.entity.js';
import { User } from '../users/user.entity.js';

/** What one person thinks of one film; at most one row per person and film. */
export const Rating = defineEntity({
  name: 'Rating',
  tableName: 'ratings',
  uniques: [{ name: 'ratings_user_id_movie_id_unique', properties: ['user', 'movie'] }],
  indexes: [
    { name: 'ratings_movie_id_id_index', properties: ['movie', 'id'] },
    { name: 'ratings_movie_id_created_at_index', properties: ['movie', 'createdAt', 'id'] },
    { name: 'ratings_user_id_created_at_index', properties: ['user', 'createdAt', 'id'] },
    { name: 'ratings_user_id_id_index', properties: ['user', 'id'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    user: () => p.manyToOne(User).index(false).foreignKeyName('ratings_user_id_foreign'),
    movie: () => p.manyToOne(Movie).index(false).foreignKeyName('ratings_movie_id_foreign'),
    /** Hundredths, 0 to 500, so that sums and averages are exact on every engine. */
    score: p.integer(),
    comment: p.string().length(500).nullable(),
    createdAt: p.bigint('number'),
    updatedAt: p.bigint('number'),
  },
});
