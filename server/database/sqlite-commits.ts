import { AsyncLocalStorage } from 'node:async_hooks';
import type { Kysely } from 'kysely';
import type { Tables } from './tables.js';

/** What transactions on one SQLite file are run with. */
export interface CommitParts {
  /** Runs, at once, a statement that begins or ends something. */
  readonly control: (sql: string) => void;
  /** Whether a transaction is open. */
  readonly isOpen: () => boolean;
  /** Keeps everyone else off the file while `work` runs; its `sql` is inside whatever is open. */
  readonly alone: (work: (sql: Kysely<Tables>) => Promise<void>) => Promise<void>;
}

type Work<T> = (sql: Kysely<Tables>) => Promise<T>;

/** A transaction that waits for its turn. */
interface Member {
  readonly work: Work<unknown>;
  /** Runs something on behalf of whoever asked for the transaction. */
  readonly within: <R>(work: () => R) => R;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** A group ends when it has so many members, or has taken so long: whoever reads waits for it. */
const [maxMembers, maxGroupMs] = [100, 5];

/**
 * Runs transactions on one SQLite file, one after the other; those that wait for their turn share a commit (ADR 0017).
 * What a commit costs is its synchronisation with the disk, and one makes many transactions as safe as it makes one.
 *
 * Each is a savepoint of its own inside the group's transaction, so one that fails undoes what it did, and nothing else.
 * Nobody hears of a success before the commit. When the commit fails, all that share it have failed.
 */
export class SharedCommits {
  readonly #parts: CommitParts;
  /** Whoever a group's own statements belong to: nobody who happens to be in it. */
  readonly #outside: Member['within'] = AsyncLocalStorage.snapshot();
  #waiting: Member[] = [];
  #busy = false;

  constructor(parts: CommitParts) {
    this.#parts = parts;
  }

  /** Resolves when what `work` did is committed; rejects when none of it is. */
  run<T>(work: Work<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const settle = resolve as Member['resolve']; // with what `work` resolves to
      this.#waiting.push({ work, within: AsyncLocalStorage.snapshot(), resolve: settle, reject });
      this.#schedule();
    });
  }

  /** After the requests that the process has received by now: their writes belong to the group. */
  #schedule(): void {
    if (this.#busy || this.#waiting.length === 0) return;
    this.#busy = true;
    setImmediate(() => void this.#outside(() => this.#runNext()));
  }

  async #runNext(): Promise<void> {
    let members: Member[] = [];
    try {
      await this.#parts.alone(async (sql) => {
        members = this.#waiting.splice(0, maxMembers);
        await (members.length === 1 ? this.#runOne(members, sql) : this.#runTogether(members, sql));
      });
    } catch (error) {
      // Whoever has an answer by now keeps it.
      for (const { reject } of members.length > 0 ? members : this.#waiting.splice(0)) reject(error);
    }
    this.#busy = false;
    this.#schedule();
  }

  /** All of it in the name of its only member. */
  async #runOne([member]: readonly Member[], sql: Kysely<Tables>): Promise<void> {
    await member?.within(async () => {
      const value = await this.#committing(() => member.work(sql));
      member.resolve(value);
    });
  }

  async #runTogether(members: readonly Member[], sql: Kysely<Tables>): Promise<void> {
    const endsAt = performance.now() + maxGroupMs;
    let next = 0;
    const tellThem = await this.#committing(async () => {
      const outcomes: (() => void)[] = [];
      for (; next < members.length && (next === 0 || performance.now() < endsAt); next++) {
        const member = members[next];
        if (member) outcomes.push(await member.within(() => this.#runMember(member, sql)));
      }
      return outcomes;
    });
    this.#waiting = [...members.slice(next), ...this.#waiting];
    for (const tell of tellThem) tell();
  }

  /** @returns tells whoever asked what became of it. @throws what ended the transaction of all of them */
  async #runMember({ work, resolve, reject }: Member, sql: Kysely<Tables>): Promise<() => void> {
    const { control, isOpen } = this.#parts;
    control('savepoint member');
    try {
      const value = await work(sql);
      control('release member');
      return () => resolve(value);
    } catch (error) {
      // A full disk, among others, has undone everything by itself.
      if (!isOpen()) throw error;
      control('rollback to member');
      control('release member');
      return () => reject(error);
    }
  }

  async #committing<T>(work: () => Promise<T>): Promise<T> {
    const { control, isOpen } = this.#parts;
    control('begin immediate');
    try {
      const value = await work();
      control('commit');
      return value;
    } catch (error) {
      if (isOpen()) control('rollback');
      throw error;
    }
  }
}
