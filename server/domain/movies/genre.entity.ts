import { defineEntity, p } from '@mikro-orm/core';

/** A genre by its display name; names compare exactly. */
export const Genre = defineEntity({
  name: 'Genre',
  tableName: 'genres',
  properties: {
    id: p.integer().primary().autoincrement(),
    name: p.string().length(100).unique('genres_name_unique'),
    /** The name as it is looked up: case and accents folded (see `text.ts`). */
    nameKey: p.string().length(100).index('genres_name_key_index'),
  },
});
