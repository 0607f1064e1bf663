import { type Arbitrary, boolean, constant, constantFrom, nat, oneof, record } from 'fast-check';

/** Something that someone does, whichever door they do it through. People, films and songs are places in the stage's lists. */
export type Operation =
  | ({ readonly type: 'createRating' | 'putRating'; readonly person: number; readonly film: number } & Content)
  | ({ readonly type: 'changeRating'; readonly person: number; readonly film: number } & Partial<Content>)
  | { readonly type: 'deleteRating'; readonly person: number; readonly film: number }
  | {
      readonly type: 'addToWatchlist' | 'setWatched';
      readonly person: number;
      readonly film: number;
      readonly watched: boolean;
    }
  | {
      readonly type: 'removeFromWatchlist' | 'addToPlaylist' | 'removeFromPlaylist';
      readonly person: number;
      readonly film: number;
    }
  | { readonly type: 'addSong' | 'removeSong'; readonly person: number; readonly song: number }
  | { readonly type: 'createSong'; readonly title: string; readonly artist: string }
  | { readonly type: 'createUser'; readonly name: string; readonly email: string }
  | { readonly type: 'rename'; readonly person: number; readonly name: string }
  | { readonly type: 'setActive'; readonly person: number; readonly active: boolean };

export type OperationType = Operation['type'];
export type OperationOf<Type extends OperationType> = Operation & { readonly type: Type };

interface Content {
  /** 0 to 5. */
  readonly score: number;
  readonly comment: string | null;
}

/** How many of each the stage has; the place after the last stands for one that does not exist. */
export const people = 3;
export const films = 4;

const person = nat({ max: people - 1 });
const film = nat({ max: films });
const song = nat({ max: 3 });
const watched = boolean();
const score = oneof(
  constantFrom(0, 0.5, 4.35, 5),
  nat({ max: 500 }).map((hundredths) => hundredths / 100),
);
const comment = constantFrom(null, '', 'fine', 'Ñandú “😀” \\ % _');
// Names and addresses that every door takes, few enough to meet again; one differs from another by case alone.
const name = constantFrom('Mario Rossi', 'Ada Lovelace', 'Grace');
const email = constantFrom('mario@example.org', 'MARIO@example.org', 'ada@example.org', 'p0@example.org');
const text = constantFrom('Bohemian Rhapsody', 'Canción ☀', 'x');

const onFilm = { person, film };
const operations: { readonly [Type in OperationType]: Arbitrary<OperationOf<Type>> } = {
  createRating: record({ type: constant('createRating'), ...onFilm, score, comment }),
  putRating: record({ type: constant('putRating'), ...onFilm, score, comment }),
  changeRating: record(
    { type: constant('changeRating'), ...onFilm, score, comment },
    { requiredKeys: ['type', 'person', 'film'] },
  ),
  deleteRating: record({ type: constant('deleteRating'), ...onFilm }),
  addToWatchlist: record({ type: constant('addToWatchlist'), ...onFilm, watched }),
  setWatched: record({ type: constant('setWatched'), ...onFilm, watched }),
  removeFromWatchlist: record({ type: constant('removeFromWatchlist'), ...onFilm }),
  addToPlaylist: record({ type: constant('addToPlaylist'), ...onFilm }),
  removeFromPlaylist: record({ type: constant('removeFromPlaylist'), ...onFilm }),
  addSong: record({ type: constant('addSong'), person, song }),
  removeSong: record({ type: constant('removeSong'), person, song }),
  createSong: record({ type: constant('createSong'), title: text, artist: text }),
  createUser: record({ type: constant('createUser'), name, email }),
  rename: record({ type: constant('rename'), person, name }),
  setActive: record({ type: constant('setActive'), person, active: boolean() }),
};

/** An operation of one of these types, and a number that chooses a door for it. */
export function arbitraryStep(types: readonly OperationType[]): Arbitrary<Step> {
  return record({ operation: oneof(...types.map((type) => operations[type])), door: nat({ max: 11 }) });
}

export interface Step {
  readonly operation: Operation;
  readonly door: number;
}
