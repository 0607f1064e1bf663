/**
 * Which films each person has rated in the file so far, as far as memory allows. MovieLens orders its ratings by person,
 * and then this finds every repetition; in another order it finds those within one batch, and the others meet the
 * rating that is stored and count as unchanged. Either way the first one stays.
 */
export class RatedPairs {
  readonly #films = new Map<number, Set<number>>();
  #lastUserId = 0;

  /** False when this person's rating of this film is there already. */
  add(userId: number, movieLensId: number): boolean {
    const films = this.#films.get(userId) ?? new Set();
    if (films.has(movieLensId)) return false;
    this.#films.set(userId, films.add(movieLensId));
    this.#lastUserId = userId;
    return true;
  }

  /** Keeps the person whose ratings may go on in the next batch. */
  endBatch(): void {
    for (const userId of this.#films.keys()) if (userId !== this.#lastUserId) this.#films.delete(userId);
  }
}
