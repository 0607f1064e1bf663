import { sendGraphql, type TestResponse } from '../support/http.js';
import { type Door, filmIdOf, type Outcome, personOf, type Result, type Stage, songIdOf } from './door.js';

/** GraphQL as one of the ways in: everything. */
export const graphqlDoor: Door = {
  name: 'GraphQL',
  perform: {
    putRating: ({ person, film, score, comment }, stage) => {
      const input = { movieId: String(filmIdOf(stage, film)), score, comment };
      const text = 'mutation ($input: RateMovieInput!) { result: rateMovie(input: $input) { created } }';
      return run(stage, person, { text, input }, ({ created }) => (created ? 'created' : 'replaced'));
    },
    deleteRating: ({ person, film }, stage) => {
      const text = 'mutation ($input: DeleteRatingInput!) { result: deleteRating(input: $input) { outcome } }';
      return run(stage, person, { text, input: onFilm(stage, film) });
    },
    addToWatchlist: ({ person, film, watched }, stage) => {
      const text = 'mutation ($input: AddToWatchlistInput!) { result: addToWatchlist(input: $input) { outcome } }';
      return run(stage, person, { text, input: { ...onFilm(stage, film), watched } });
    },
    setWatched: ({ person, film, watched }, stage) => {
      const text = 'mutation ($input: SetWatchedInput!) { result: setWatched(input: $input) { item { id } } }';
      return run(stage, person, { text, input: { ...onFilm(stage, film), watched } }, () => 'updated');
    },
    removeFromWatchlist: ({ person, film }, stage) => {
      const text =
        'mutation ($input: RemoveFromWatchlistInput!) { result: removeFromWatchlist(input: $input) { outcome } }';
      return run(stage, person, { text, input: onFilm(stage, film) });
    },
    addToPlaylist: ({ person, film }, stage) => {
      const text = 'mutation ($input: AddToPlaylistInput!) { result: addToPlaylist(input: $input) { outcome } }';
      return run(stage, person, { text, input: onFilm(stage, film) });
    },
    removeFromPlaylist: ({ person, film }, stage) => {
      const text =
        'mutation ($input: RemoveFromPlaylistInput!) { result: removeFromPlaylist(input: $input) { outcome } }';
      return run(stage, person, { text, input: onFilm(stage, film) });
    },
    addSong: ({ person, song }, stage) => {
      const text = 'mutation ($input: AddSongToLibraryInput!) { result: addSongToLibrary(input: $input) { outcome } }';
      return run(stage, person, { text, input: { songId: String(songIdOf(stage, song)) } });
    },
    removeSong: ({ person, song }, stage) => {
      const text =
        'mutation ($input: RemoveSongFromLibraryInput!) { result: removeSongFromLibrary(input: $input) { outcome } }';
      return run(stage, person, { text, input: { songId: String(songIdOf(stage, song)) } });
    },
    rename: ({ person, name }, stage) => {
      const text = 'mutation ($input: UpdateProfileInput!) { result: updateProfile(input: $input) { user { id } } }';
      return run(stage, person, { text, input: { name } }, () => 'updated');
    },
    createSong: async (input, stage) => {
      const { title, artist } = input;
      const text = 'mutation ($input: CreateSongInput!) { result: createSong(input: $input) { song { databaseId } } }';
      const { body } = await manage(stage, { text, input: { title, artist } });
      return { outcome: 'created', id: body.data.result.song.databaseId };
    },
    createUser: async ({ name, email }, stage) => {
      const text = 'mutation ($input: CreateUserInput!) { result: createUser(input: $input) { user { databaseId } } }';
      const { body } = await manage(stage, { text, input: { name, email } });
      if (body.errors?.[0].extensions.reason === 'emailTaken') return { outcome: 'emailTaken' };
      return { outcome: 'created', id: body.data.result.user.databaseId };
    },
    setActive: async ({ person, active }, stage) => {
      const text = 'mutation ($input: SetUserActiveInput!) { result: setUserActive(input: $input) { user { id } } }';
      const input = { userId: String(personOf(stage, person).id), active };
      const { body } = await manage(stage, { text, input });
      if (!body.data.result.user) throw new Error('GraphQL did not set it.');
      return { outcome: 'updated' };
    },
  },
  read: async (stage) => {
    const [catalogue, people, ...own] = await Promise.all([
      readCatalogue(stage),
      readPeople(stage),
      ...stage.people.map((_, person) => readOwn(stage, person)),
    ]);
    const each = (kind: OwnList) =>
      Object.fromEntries(
        own.map((lists, person) => [personOf(stage, person).id, lists === 'disabled' ? lists : lists[kind]]),
      );
    const lists = { watchlists: each('watchlist'), playlists: each('playlist'), libraries: each('library') };
    return { ...catalogue, ...people, ...lists };
  },
};

function onFilm(stage: Stage, film: number) {
  return { movieId: String(filmIdOf(stage, film)) };
}

// Whatever the server sent; what it should be is compared.
// oxlint-disable-next-line typescript/no-explicit-any
type Json = any;

interface Run {
  readonly text: string;
  readonly input: object;
}

const outcomes: Readonly<Record<string, Outcome>> = {
  ADDED: 'added',
  ALREADY_PRESENT: 'alreadyPresent',
  REMOVED: 'removed',
  ABSENT: 'absent',
};

async function run(
  stage: Stage,
  person: number,
  { text, input }: Run,
  outcomeOf: (result: Json) => Outcome | undefined = ({ outcome }) => outcomes[outcome],
): Promise<Result> {
  const response = await sendGraphql(stage.url, text, { variables: { input }, apiKey: personOf(stage, person).apiKey });
  const outcome = response.body.errors ? refusalOf(response) : outcomeOf(response.body.data.result);
  if (!outcome) throw new Error(`GraphQL answered ${response.text}`);
  return { outcome };
}

function refusalOf({ body }: TestResponse): Outcome | undefined {
  const { code, reason } = body.errors[0].extensions;
  if (reason === 'movieNotAvailable') return 'notAvailable';
  if (code === 'NOT_FOUND') return 'notFound';
  return code === 'ACCOUNT_DISABLED' ? 'disabled' : undefined;
}

/** What only an administrator may do. */
function manage({ url, admin }: Stage, { text, input }: Run): Promise<TestResponse> {
  return sendGraphql(url, text, { variables: { input }, apiKey: admin.apiKey });
}

async function readPeople({ url, admin }: Stage) {
  const text = '{ users(first: 100) { nodes { databaseId name email active } } }';
  const { body } = await sendGraphql(url, text, { apiKey: admin.apiKey });
  const people: Json[] = body.data.users.nodes;
  return {
    users: people.map(({ databaseId, name, email }) => ({ id: databaseId, name, email })),
    active: Object.fromEntries(people.map(({ databaseId, active }) => [databaseId, active])),
  };
}

async function readCatalogue({ url }: Stage) {
  const text = `{ songs(first: 100) { nodes { databaseId title artist } } movies(first: 10) { nodes {
    databaseId title averageRating ratingCount externalIds { movieLens }
    ratings(first: 10) { nodes { user { databaseId } score comment } }
  } } }`;
  const { body } = await sendGraphql(url, text);
  const movies: Json[] = body.data.movies.nodes;
  const ofEach = (of: (movie: Json) => unknown): Json =>
    Object.fromEntries(movies.map((movie) => [movie.databaseId, of(movie)]));
  const songs: Json[] = body.data.songs.nodes;
  const known = movies.filter(({ externalIds }) => externalIds?.movieLens != null);
  return {
    songs: songs.map(({ databaseId, title, artist }) => ({ id: databaseId, title, artist })),
    titles: ofEach(({ title }) => title),
    movieLensTitles: Object.fromEntries(known.map(({ externalIds, title }) => [externalIds.movieLens, title])),
    averages: ofEach(({ averageRating }) => averageRating),
    ratingCounts: ofEach(({ ratingCount }) => ratingCount),
    ratings: ofEach(({ ratings }) =>
      ratings.nodes
        .map(({ user, score, comment }: Json) => ({ userId: user.databaseId, score, comment }))
        .sort((a: Json, b: Json) => a.userId - b.userId),
    ),
  };
}

type OwnList = 'watchlist' | 'playlist' | 'library';

async function readOwn(stage: Stage, person: number): Promise<'disabled' | Record<OwnList, Json>> {
  const text = `{ viewer {
    watchlist(first: 100) { nodes { watched movie { databaseId } } }
    playlists(first: 10) { nodes { isDefault entries(first: 100, orderBy: { field: ADDED_AT, direction: DESC }) {
      nodes { movie { databaseId } }
    } } }
    library(first: 100) { nodes { song { databaseId } } }
  } }`;
  const response = await sendGraphql(stage.url, text, { apiKey: personOf(stage, person).apiKey });
  if (response.body.errors && refusalOf(response) === 'disabled') return 'disabled';
  const { watchlist, playlists, library } = response.body.data.viewer;
  const own = playlists.nodes.find(({ isDefault }: Json) => isDefault);
  return {
    watchlist: watchlist.nodes.map(({ watched, movie }: Json) => ({ movieId: movie.databaseId, watched })),
    playlist: own.entries.nodes.map(({ movie }: Json) => movie.databaseId),
    library: library.nodes.map(({ song }: Json) => song.databaseId),
  };
}
