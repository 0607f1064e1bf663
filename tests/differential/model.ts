import type { Facets, Film, Outcome, Person, Private, Account as Start } from './door.js';
import type { Operation, OperationOf, OperationType } from './operation.js';

interface Account {
  readonly id: number;
  name: string;
  readonly email: string | null;
  active: boolean;
  readonly watchlist: Map<number, boolean>;
  readonly playlist: Set<number>;
  readonly library: Set<number>;
}

interface Rating {
  readonly score: number;
  readonly comment: string | null;
}

/** What the domain should hold: its rules, written once more and as plainly as they can be. */
export class Model {
  readonly #films: readonly Film[];
  readonly #accounts: Account[];
  /** By film, then by person. */
  readonly #ratings: ReadonlyMap<number, Map<number, Rating>>;
  readonly #songs: { id: number; title: string; artist: string }[] = [];

  constructor(people: readonly Person[], films: readonly Film[], others: readonly Start[]) {
    this.#films = films;
    this.#accounts = [...people, ...others].map(newAccount);
    this.#ratings = new Map(films.map(({ id }) => [id, new Map()]));
  }

  get songs(): readonly number[] {
    return this.#songs.map(({ id }) => id);
  }

  get users(): readonly number[] {
    return this.#accounts.map(({ id }) => id);
  }

  /**
   * Does what the operation should do.
   *
   * @param id what a door said it gave to what it made
   * @param open whether the door does it for anyone who asks
   */
  apply(operation: Operation, { id = 0, open }: { id: number | undefined; open: boolean }): Outcome {
    const account = 'person' in operation ? this.#accounts[operation.person] : undefined;
    if (account && !account.active && !open && operation.type !== 'setActive') return 'disabled';
    const rule = this.#rules[operation.type] as (
      operation: Operation,
      account: Account | undefined,
      id: number,
    ) => Outcome; // the type names the rule of its own operations
    return rule(operation, account, id);
  }

  /** @param shown whose own things are seen although their account is disabled */
  facets(shown: readonly ('watchlists' | 'playlists' | 'libraries')[] = []): Facets {
    const own = <T>(kind: (typeof shown)[number], of: (account: Account) => T): Record<number, Private<T>> =>
      Object.fromEntries(
        this.#accounts.map((account) => [
          account.id,
          account.active || shown.includes(kind) ? of(account) : 'disabled',
        ]),
      );
    return {
      ...this.#ratingFacets(),
      watchlists: own('watchlists', ({ watchlist }) =>
        [...watchlist].map(([movieId, watched]) => ({ movieId, watched })),
      ),
      playlists: own('playlists', ({ playlist }) => [...playlist].toReversed()),
      libraries: own('libraries', ({ library }) => [...library]),
      songs: this.#songs,
      users: this.#accounts.map(({ id, name, email }) => ({ id, name, email })),
      active: Object.fromEntries(this.#accounts.map(({ id, active }) => [id, active])),
      titles: Object.fromEntries(this.#films.map(({ id, title }) => [id, title])),
      movieLensTitles: Object.fromEntries(
        this.#films.flatMap(({ movieLensId, title }) => (movieLensId === null ? [] : [[movieLensId, title]])),
      ),
    };
  }

  #ratingFacets(): Pick<Facets, 'averages' | 'ratingCounts' | 'ratings'> {
    const ratings = [...this.#ratings].map(([film, byPerson]) => {
      const entries = [...byPerson].map(([userId, rating]) => ({ userId, ...rating }));
      return [film, entries.sort((a, b) => a.userId - b.userId)] as const;
    });
    const averageOf = (entries: readonly Rating[]) => {
      // In hundredths, because the sum of decimals is not exact.
      const sum = entries.reduce((total, { score }) => total + Math.round(score * 100), 0);
      return entries.length === 0 ? null : sum / (entries.length * 100);
    };
    return {
      averages: Object.fromEntries(ratings.map(([film, entries]) => [film, averageOf(entries)])),
      ratingCounts: Object.fromEntries(ratings.map(([film, entries]) => [film, entries.length])),
      ratings: Object.fromEntries(ratings),
    };
  }

  readonly #rules: {
    readonly [Type in OperationType]: (operation: OperationOf<Type>, account: Account, id: number) => Outcome;
  } = {
    createRating: (operation, account) => this.#rate(operation, account, () => 'alreadyRated'),
    putRating: (operation, account) =>
      this.#rate(operation, account, (ratings) => {
        ratings.set(account.id, { score: operation.score, comment: operation.comment });
        return 'replaced';
      }),
    changeRating: ({ film, score, comment }, account) => {
      const ratings = this.#ratingsOf(film);
      const rating = ratings?.get(account.id);
      if (!ratings || !rating) return 'notFound';
      ratings.set(account.id, {
        score: score ?? rating.score,
        comment: comment === undefined ? rating.comment : comment,
      });
      return 'updated';
    },
    deleteRating: ({ film }, account) => {
      const ratings = this.#ratingsOf(film);
      if (!ratings) return 'notFound';
      return ratings.delete(account.id) ? 'removed' : 'absent';
    },
    addToWatchlist: ({ film, watched }, { watchlist }) => {
      const movie = this.#films[film];
      if (!movie) return 'notFound';
      if (watchlist.has(movie.id)) return 'alreadyPresent';
      watchlist.set(movie.id, watched);
      return 'added';
    },
    setWatched: ({ film, watched }, { watchlist }) => {
      const movie = this.#films[film];
      if (!movie || !watchlist.has(movie.id)) return 'notFound';
      watchlist.set(movie.id, watched);
      return 'updated';
    },
    removeFromWatchlist: ({ film }, { watchlist }) => removed(watchlist, this.#films[film]?.id),
    addToPlaylist: ({ film }, { playlist }) => {
      const movie = this.#films[film];
      if (!movie) return 'notFound';
      return movie.available ? added(playlist, movie.id) : 'notAvailable';
    },
    removeFromPlaylist: ({ film }, { playlist }) => removed(playlist, this.#films[film]?.id),
    addSong: ({ song }, { library }) => {
      const found = this.#songs[song];
      return found ? added(library, found.id) : 'notFound';
    },
    removeSong: ({ song }, { library }) => removed(library, this.#songs[song]?.id),
    createSong: ({ title, artist }, _account, id) => {
      this.#songs.push({ id, title, artist });
      return 'created';
    },
    createUser: ({ name, email }, _account, id) => {
      if (this.#accounts.some((account) => account.email?.toLowerCase() === email.toLowerCase())) return 'emailTaken';
      this.#accounts.push(newAccount({ id, name, email }));
      return 'created';
    },
    rename: ({ name }, account) => {
      account.name = name;
      return 'updated';
    },
    setActive: ({ active }, account) => {
      account.active = active;
      return 'updated';
    },
  };

  #ratingsOf(film: number): Map<number, Rating> | undefined {
    const movie = this.#films[film];
    return movie && this.#ratings.get(movie.id);
  }

  #rate(
    { film, score, comment }: OperationOf<'createRating' | 'putRating'>,
    { id }: Account,
    again: (ratings: Map<number, Rating>) => Outcome,
  ): Outcome {
    const ratings = this.#ratingsOf(film);
    if (!ratings) return 'notFound';
    if (ratings.has(id)) return again(ratings);
    ratings.set(id, { score, comment });
    return 'created';
  }
}

function newAccount({ id, name, email }: Start): Account {
  return { id, name, email, active: true, watchlist: new Map(), playlist: new Set(), library: new Set() };
}

function added(list: Set<number>, id: number): Outcome {
  if (list.has(id)) return 'alreadyPresent';
  list.add(id);
  return 'added';
}

function removed(list: Set<number> | Map<number, unknown>, id: number | undefined): Outcome {
  return id !== undefined && list.delete(id) ? 'removed' : 'absent';
}
