import type { OperationOf, OperationType } from './operation.js';

/** Where operations take place: a server with these people and films, and whatever songs were made. */
export interface Stage {
  readonly url: string;
  readonly people: readonly Person[];
  readonly films: readonly Film[];
  /** May do what is not for everyone. */
  readonly admin: Account & { readonly apiKey: string };
  /** A bearer token of a program, for doors that take nothing else. */
  readonly programToken: string;
  /** Ids, in the order they were made. */
  readonly songs: readonly number[];
}

/** Someone who is there from the start. */
export interface Account {
  readonly id: number;
  readonly name: string;
  readonly email: string | null;
}

export interface Person extends Account {
  readonly email: string;
  readonly password: string;
  readonly apiKey: string;
  readonly sessionToken: string;
}

export interface Film {
  readonly id: number;
  readonly title: string;
  readonly movieLensId: number | null;
  readonly available: boolean;
}

/** What became of an operation, in the domain's words, and the id of what it made. */
export interface Result {
  readonly outcome: Outcome;
  readonly id?: number;
}

export type Outcome =
  | 'created'
  | 'replaced'
  | 'alreadyRated'
  | 'updated'
  | 'added'
  | 'alreadyPresent'
  | 'removed'
  | 'absent'
  | 'notFound'
  | 'notAvailable'
  | 'emailTaken'
  | 'disabled';

/** What is to be seen, in the domain's terms whatever door it is seen through. Ids are keys. */
export interface Facets {
  readonly averages: Readonly<Record<number, number | null>>;
  readonly ratingCounts: Readonly<Record<number, number>>;
  /** By film, by the rater's id. */
  readonly ratings: Readonly<
    Record<number, readonly { readonly userId: number; readonly score: number; readonly comment: string | null }[]>
  >;
  /** By person, in the order they were added. */
  readonly watchlists: Readonly<
    Record<number, Private<readonly { readonly movieId: number; readonly watched: boolean }[]>>
  >;
  /** The default playlist by person, newest first. */
  readonly playlists: Readonly<Record<number, Private<readonly number[]>>>;
  /** By person, in the order they were added. */
  readonly libraries: Readonly<Record<number, Private<readonly number[]>>>;
  readonly songs: readonly { readonly id: number; readonly title: string; readonly artist: string }[];
  readonly users: readonly { readonly id: number; readonly name: string; readonly email: string | null }[];
  readonly active: Readonly<Record<number, boolean>>;
  /** Titles by id. */
  readonly titles: Readonly<Record<number, string>>;
  /** Titles by MovieLens id. */
  readonly movieLensTitles: Readonly<Record<number, string>>;
}

/** Someone's own: a door that asks who they are does not show it to a disabled account. */
export type Private<T> = T | 'disabled';

/** One way in. */
export interface Door {
  readonly name: string;
  /** What it can do. */
  readonly perform: {
    readonly [Type in OperationType]?: (operation: OperationOf<Type>, stage: Stage) => Promise<Result>;
  };
  /** What it does for anyone who asks, as its contract says, also for a disabled account. */
  readonly open?: readonly OperationType[];
  /** What it shows of a person without asking who wants to see it. */
  readonly shows?: readonly ('watchlists' | 'playlists' | 'libraries')[];
  readonly read: (stage: Stage, users: readonly number[]) => Promise<Partial<Facets>>;
  /** Paths that it answers anyone who asks, those that lead nowhere among them. */
  readonly publicPaths?: (stage: Stage) => readonly string[];
}

/** An id that nothing has. */
export const absentId = 2_000_000_000;

export function filmIdOf({ films }: Stage, film: number): number {
  return films[film]?.id ?? absentId;
}

export function songIdOf({ songs }: Pick<Stage, 'songs'>, song: number): number {
  return songs[song] ?? absentId;
}

export function personOf({ people }: Stage, person: number): Person {
  const found = people[person];
  if (!found) throw new Error(`There is no person ${person} on the stage.`);
  return found;
}

/** What `read` gives for each id, by id. */
export async function readEach<T>(
  ids: readonly number[],
  read: (id: number) => Promise<T>,
): Promise<Record<number, T>> {
  return Object.fromEntries(await Promise.all(ids.map(async (id) => [id, await read(id)] as const)));
}
