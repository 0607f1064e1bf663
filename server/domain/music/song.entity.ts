import { defineEntity, p } from '@mikro-orm/core';

/** A song of the catalogue. Two songs may have the same title and artist: recordings do. */
export const Song = defineEntity({
  name: 'Song',
  tableName: 'songs',
  indexes: [
    { name: 'songs_title_key_index', properties: ['titleKey', 'id'] },
    { name: 'songs_artist_key_index', properties: ['artistKey', 'id'] },
  ],
  properties: {
    id: p.integer().primary().autoincrement(),
    title: p.string().length(200),
    artist: p.string().length(200),
    /** The beginning of the title as it is ordered: case and accents folded. */
    titleKey: p.string().length(200),
    /** The beginning of the artist as it is ordered: case and accents folded. */
    artistKey: p.string().length(200),
    /** Milliseconds since the epoch. */
    createdAt: p.bigint('number'),
  },
});
