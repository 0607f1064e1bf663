import { defineEntity, p } from '@mikro-orm/core';
import { Movie } from '../movies/movie.entity.js';
import { User } from '../users/user.entity.js';

/** A film that a person means to watch, or has watched; at most one row per person and film. */
export const WatchlistItem = defineEntity({
  name: 'WatchlistItem',
  tableName: 'watchlist_items',
  uniques: [{ name: 'watchlist_items_user_id_movie_id_unique', properties: ['user', 'movie'] }],
  indexes: [
    { name: 'watchlist_items_user_id_id_index', properties: ['user', 'id'] },
    { name: 'watchlist_items_user_id_created_at_index', properties: ['user', 'createdAt', 'id'] },
    { name: 'watchlist_items_user_id_watched_index', properties: ['user', 'watched', 'id'] },
    { name: 'watchlist_items_movie_id_index', properties: ['movie'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    user: () => p.manyToOne(User).index(false).foreignKeyName('watchlist_items_user_id_foreign'),
    movie: () => p.manyToOne(Movie).index(false).foreignKeyName('watchlist_items_movie_id_foreign'),
    watched: p.boolean().default(false),
    createdAt: p.bigint('number'),
  },
});
