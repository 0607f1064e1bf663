/** A rating of one of our films by a MovieLens person. */
export interface ImportedRating {
  /** MovieLens's. */
  readonly userId: number;
  /** Ours. */
  readonly movieId: number;
  /** Hundredths. */
  readonly score: number;
  /** Milliseconds since the epoch. */
  readonly ratedAt: number;
}

/** Places in a window, as a power of two, so that a film's id and a place fit into the 53 bits of a number. */
const placeRange = 2 ** 20;

/** Ratings between the file and the database, in columns: objects would take five times the room. */
export class RatingWindow {
  readonly #capacity: number;
  readonly #userIds: Int32Array;
  readonly #movieIds: Int32Array;
  readonly #scores: Int16Array;
  readonly #times: Float64Array;
  readonly #order: Float64Array;
  #length = 0;

  /** @param capacity at most 1,048,576 ratings */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#userIds = new Int32Array(capacity);
    this.#movieIds = new Int32Array(capacity);
    this.#scores = new Int16Array(capacity);
    this.#times = new Float64Array(capacity);
    this.#order = new Float64Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Takes one more. @returns whether that was the last for which there is room */
  add({ userId, movieId, score, ratedAt }: ImportedRating): boolean {
    const place = this.#length++;
    this.#userIds[place] = userId;
    this.#movieIds[place] = movieId;
    this.#scores[place] = score;
    this.#times[place] = ratedAt;
    return this.#length >= this.#capacity;
  }

  clear(): void {
    this.#length = 0;
  }

  /** The MovieLens people of these ratings, each once. */
  findUsers(): Set<number> {
    return new Set(this.#userIds.subarray(0, this.#length));
  }

  /** The ratings in the order in which they came. */
  *inOrder(size: number): Generator<ImportedRating[]> {
    for (let start = 0; start < this.#length; start += size) {
      const count = Math.min(size, this.#length - start);
      yield Array.from({ length: count }, (_, index) => this.#at(start + index));
    }
  }

  /** The ratings film by film, those of one film in the order in which they came. */
  *byFilm(size: number): Generator<ImportedRating[]> {
    const order = this.#order.subarray(0, this.#length);
    for (let place = 0; place < order.length; place++) order[place] = this.#movie(place) * placeRange + place;
    order.sort();
    for (let start = 0; start < order.length; start += size) {
      yield Array.from(order.subarray(start, start + size), (key) => this.#at(key % placeRange));
    }
  }

  #movie(place: number): number {
    return this.#movieIds[place] ?? 0;
  }

  #at(place: number): ImportedRating {
    return {
      userId: this.#userIds[place] ?? 0,
      movieId: this.#movie(place),
      score: this.#scores[place] ?? 0,
      ratedAt: this.#times[place] ?? 0,
    };
  }
}
