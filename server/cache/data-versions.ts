import type { Touch } from '../database/database.js';

/** A part of the data, by when it changed last. */
export interface Tag {
  /** The clock's time at the last change. */
  changedAt: number;
  /** Transactions that are changing it. */
  changing: number;
}

/** One table's parts. */
interface TableTags {
  /** Changes with any row. */
  readonly any: Tag;
  /** Changes with whatever is not some known films' own. */
  readonly rest: Tag;
  /** What films have of their own, by the remainder of their id. */
  readonly films: (Tag | undefined)[];
}

/** Tables whose rows belong to films: ratings, and the count, sum and average that a film keeps of them. */
const keptByFilm: ReadonlySet<string> = new Set(['movies', 'ratings']);
/** Films are told apart by the remainder of their id, so that the catalogue's size does not matter. */
const filmTags = 16_384;

/**
 * When which part of the data changed, by a clock that moves with every change (ADR 0016). Of an answer that was begun at
 * some time it can say whether it still holds, and that is all there is to keeping answers right: nothing is ever deleted.
 */
export class DataVersions {
  readonly #everything = createTag();
  readonly #tables = new Map<string, TableTags>();
  #clock = 0;

  /** The time: another one after each change. */
  get clock(): number {
    return this.#clock;
  }

  /** What an answer depends on that was made of this. */
  dependencies({ tables, films }: Touch): Tag[] {
    return tables.flatMap((name) => {
      const tags = this.#tagsOf(name);
      return films && keptByFilm.has(name) ? [tags.rest, ...this.#filmTags(tags, films)] : [tags.any];
    });
  }

  /** What is another once this is changed. */
  affected(touch: Touch | 'everything'): Tag[] {
    if (touch === 'everything') return [this.#everything];
    const { tables, films } = touch;
    return tables.flatMap((name) => {
      const tags = this.#tagsOf(name);
      return films && keptByFilm.has(name) ? [tags.any, ...this.#filmTags(tags, films)] : [tags.any, tags.rest];
    });
  }

  /** Until `end`, nothing that depends on these holds. */
  begin(tags: Iterable<Tag>): void {
    for (const tag of tags) tag.changing += 1;
    this.change(tags);
  }

  end(tags: Iterable<Tag>): void {
    for (const tag of tags) tag.changing -= 1;
    this.change(tags);
  }

  /** These have changed just now. */
  change(tags: Iterable<Tag>): void {
    this.#clock += 1;
    for (const tag of tags) tag.changedAt = this.#clock;
  }

  /** Whether none of these has changed since, or is changing. */
  hold(tags: Iterable<Tag>, since: number): boolean {
    if (!isUnchanged(this.#everything, since)) return false;
    for (const tag of tags) if (!isUnchanged(tag, since)) return false;
    return true;
  }

  #tagsOf(table: string): TableTags {
    const known = this.#tables.get(table);
    if (known) return known;
    const made = { any: createTag(), rest: createTag(), films: [] };
    this.#tables.set(table, made);
    return made;
  }

  #filmTags({ films: tags }: TableTags, films: readonly number[]): Tag[] {
    return films.map((film) => {
      const place = film % filmTags;
      const tag = tags[place] ?? createTag();
      tags[place] = tag;
      return tag;
    });
  }
}

function createTag(): Tag {
  return { changedAt: 0, changing: 0 };
}

function isUnchanged({ changedAt, changing }: Tag, since: number): boolean {
  return changing === 0 && changedAt <= since;
}
