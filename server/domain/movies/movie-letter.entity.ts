import { defineEntity, p } from '@mikro-orm/core';
import { Movie } from './movie.entity.js';

/**
 * Which films have a single ASCII character in which of their texts, so that a search for one reads an index and no
 * films (ADR 0008). Kept by whoever writes films, through `indexLetters` (`movie-letter.repository.ts`).
 */
export const MovieLetter = defineEntity({
  name: 'MovieLetter',
  tableName: 'movie_letters',
  properties: {
    /** Its ASCII code. */
    letter: p.integer().primary(),
    movie: () =>
      p
        .manyToOne(Movie)
        .primary()
        .index('movie_letters_movie_id_index')
        .foreignKeyName('movie_letters_movie_id_foreign')
        .deleteRule('cascade'),
    /** A sum of `letterPlaces`: the texts that it is in, and whether the film is in MovieLens. */
    places: p.integer(),
  },
});
