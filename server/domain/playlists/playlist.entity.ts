import { defineEntity, p } from '@mikro-orm/core';
import { Movie } from '../movies/movie.entity.js';
import { User } from '../users/user.entity.js';

/** A named list of films that someone keeps. */
export const Playlist = defineEntity({
  name: 'Playlist',
  tableName: 'playlists',
  uniques: [{ name: 'playlists_user_id_name_unique', properties: ['user', 'name'] }],
  indexes: [{ name: 'playlists_user_id_id_index', properties: ['user', 'id'] }],
  properties: {
    id: p.integer().primary().autoincrement(),
    user: () => p.manyToOne(User).index(false).foreignKeyName('playlists_user_id_foreign'),
    name: p.string().length(100),
    /** Its owner's id when it is their default one, null otherwise: the unique index lets nobody have two. */
    defaultOf: p.integer().nullable().unique('playlists_default_of_unique'),
    createdAt: p.bigint('number'),
  },
});

/** A film in a playlist; at most one row per list and film. */
export const PlaylistEntry = defineEntity({
  name: 'PlaylistEntry',
  tableName: 'playlist_entries',
  uniques: [{ name: 'playlist_entries_playlist_id_movie_id_unique', properties: ['playlist', 'movie'] }],
  indexes: [
    { name: 'playlist_entries_playlist_id_position_index', properties: ['playlist', 'position', 'id'] },
    { name: 'playlist_entries_playlist_id_added_at_index', properties: ['playlist', 'addedAt', 'id'] },
    { name: 'playlist_entries_movie_id_index', properties: ['movie'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    playlist: () =>
      p.manyToOne(Playlist).index(false).foreignKeyName('playlist_entries_playlist_id_foreign').deleteRule('cascade'),
    movie: () => p.manyToOne(Movie).index(false).foreignKeyName('playlist_entries_movie_id_foreign'),
    /** Where it stands; only the order of these numbers means anything, they have gaps. */
    position: p.integer(),
    addedAt: p.bigint('number'),
  },
});
