/**
 * Looks the same thing up once for all who ask at once. Whoever comes while a lookup is under way shares the next one, never
 * that one: it may have been answered before what the caller already knows of was done, such as the end of an API key. So no
 * answer is older than its question, and a crowd behind one key costs two statements instead of one for each.
 *
 * A failure is everyone's who waits: nobody waits for the database twice as long as its limits say.
 */
export class SharedLookups<Key, Found> {
  readonly #look: (key: Key) => Promise<Found>;
  readonly #underWay = new Map<Key, Lookup<Found>>();

  constructor(look: (key: Key) => Promise<Found>) {
    this.#look = look;
  }

  /** What a lookup that begins now or later finds. Fails as it does, or as the one did that it would have followed. */
  find(key: Key): Promise<Found> {
    const current = this.#underWay.get(key);
    if (!current) return this.#begin(key);
    current.next ??= current.found.then(() => this.#begin(key));
    return current.next;
  }

  #begin(key: Key): Promise<Found> {
    const lookup: Lookup<Found> = { found: this.#look(key), next: undefined };
    this.#underWay.set(key, lookup);
    const leave = () => void (lookup.next ?? this.#underWay.delete(key));
    lookup.found.then(leave, () => void this.#underWay.delete(key));
    return lookup.found;
  }
}

interface Lookup<Found> {
  readonly found: Promise<Found>;
  /** Begins when this one is over. */
  next: Promise<Found> | undefined;
}
