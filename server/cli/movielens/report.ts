import type { RowRefusal } from './refusal.js';

/** What was done to one kind of thing. */
export interface Tally {
  read: number;
  matched: number;
  added: number;
  unchanged: number;
  refused: number;
}

type Kind = 'films' | 'links' | 'ratings' | 'users';

/** Refused rows that are shown one by one. */
const maxShown = 20;

/** What an import did, and to how much. */
export class ImportReport {
  readonly films = emptyTally();
  readonly links = emptyTally();
  readonly ratings = emptyTally();
  readonly users = emptyTally();
  readonly #onRefusal: (line: string) => void;
  readonly #reasons = new Map<string, number>();

  /** @param onRefusal told of the first refused rows: file, line number and reason */
  constructor(onRefusal: (line: string) => void) {
    this.#onRefusal = onRefusal;
  }

  get refused(): number {
    return this.films.refused + this.links.refused + this.ratings.refused;
  }

  refuse(
    kind: Exclude<Kind, 'users'>,
    place: { readonly file: string; readonly line: number },
    refusal: RowRefusal,
  ): void {
    this[kind].refused += 1;
    const reason = `${place.file}: ${refusal.reason}`;
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    if (this.refused <= maxShown) this.#onRefusal(`${place.file}:${place.line}: ${refusal.message}`);
  }

  /** A table of the tallies, and how often each reason refused a row. */
  present(): string[] {
    const header = ['', ...Object.keys(this.films)];
    const kinds = ['films', 'links', 'ratings', 'users'] as const;
    const rows = kinds.map((kind) => [kind, ...Object.values(this[kind]).map(String)]);
    const reasons = [...this.#reasons].sort(([, a], [, b]) => b - a);
    return [
      ...[header, ...rows].map(presentRow),
      ...(this.refused > maxShown ? ['', `${this.refused - maxShown} more refused rows were not shown.`] : []),
      ...(reasons.length > 0 ? ['', 'Refused:'] : []),
      ...reasons.map(([reason, count]) => `${String(count).padStart(10)}  ${reason}`),
    ];
  }
}

function emptyTally(): Tally {
  return { read: 0, matched: 0, added: 0, unchanged: 0, refused: 0 };
}

function presentRow([name = '', ...values]: readonly string[]): string {
  return name.padEnd(8) + values.map((value) => value.padStart(11)).join('');
}
