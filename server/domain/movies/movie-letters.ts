/** The folded texts of a film that are searched, and whether it has a MovieLens id. */
interface LetteredTexts {
  readonly sort_title: string;
  readonly search_text: string;
  readonly director_key?: string | null | undefined;
  readonly movie_lens_id?: number | null | undefined;
}

/** Bits of `movie_letters.places`. */
export const letterPlaces = { sort_title: 1, search_text: 2, director_key: 4, movieLens: 8 } as const;

/** The code of a text that is one ASCII character, as `movie_letters` has it; undefined for any other text. */
export function letterOf(text: string): number | undefined {
  const code = text.charCodeAt(0);
  return text.length === 1 && code < 128 ? code : undefined;
}

/** Every ASCII character but the blank, which no folded search consists of, and the places where a film has it. */
export function lettersOf(film: LetteredTexts): Map<number, number> {
  const places = new Map<number, number>();
  const inMovieLens = film.movie_lens_id == null ? 0 : letterPlaces.movieLens;
  for (const column of ['sort_title', 'search_text', 'director_key'] as const) {
    const text = film[column] ?? '';
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code >= 128 || code === 32) continue;
      places.set(code, (places.get(code) ?? inMovieLens) | letterPlaces[column]);
    }
  }
  return places;
}
