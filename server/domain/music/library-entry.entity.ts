import { defineEntity, p } from '@mikro-orm/core';
import { User } from '../users/user.entity.js';
import { Song } from './song.entity.js';

/** A song in someone's library; at most one row per person and song, and ids in the order of adding. */
export const LibraryEntry = defineEntity({
  name: 'LibraryEntry',
  tableName: 'library_entries',
  uniques: [{ name: 'library_entries_user_id_song_id_unique', properties: ['user', 'song'] }],
  indexes: [
    { name: 'library_entries_user_id_id_index', properties: ['user', 'id'] },
    { name: 'library_entries_user_id_created_at_index', properties: ['user', 'createdAt', 'id'] },
    { name: 'library_entries_song_id_index', properties: ['song'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    user: () => p.manyToOne(User).index(false).foreignKeyName('library_entries_user_id_foreign'),
    song: () => p.manyToOne(Song).index(false).foreignKeyName('library_entries_song_id_foreign'),
    /** Milliseconds since the epoch. */
    createdAt: p.bigint('number'),
  },
});
