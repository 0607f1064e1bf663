import { sendGraphql, type TestResponse } from '../support/http.js';
import { type Door, filmIdOf, type Outcome, personOf, type Result, type Stage } from './door.js';

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
  },
  read: async (stage) => {
    const [catalogue, ...own] = await Promise.all([
      readCatalogue(stage),
      ...stage.people.map((_, person) => readOwn(stage, person)),
    ]);
    const each = <Kind extends 'watchlist'>(kind: Kind) =>
      Object.fromEntries(
        own.map((lists, person) => [personOf(stage, person).id, lists === 'disabled' ? lists : lists[kind]]),
      );
    return { ...catalogue, watchlists: each('watchlist') };
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
  const { code } = body.errors[0].extensions;
  if (code === 'NOT_FOUND') return 'notFound';
  return code === 'ACCOUNT_DISABLED' ? 'disabled' : undefined;
}

async function readCatalogue({ url }: Stage) {
  const text = `{ movies(first: 10) { nodes {
    databaseId title averageRating ratingCount externalIds { movieLens }
    ratings(first: 10) { nodes { user { databaseId } score comment } }
  } } }`;
  const { body } = await sendGraphql(url, text);
  const movies: Json[] = body.data.movies.nodes;
  const ofEach = (of: (movie: Json) => unknown): Json =>
    Object.fromEntries(movies.map((movie) => [movie.databaseId, of(movie)]));
  const known = movies.filter(({ externalIds }) => externalIds?.movieLens != null);
  return {
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

async function readOwn(stage: Stage, person: number): Promise<'disabled' | Record<'watchlist', Json>> {
  const text = '{ viewer { watchlist(first: 100) { nodes { watched movie { databaseId } } } } }';
  const response = await sendGraphql(stage.url, text, { apiKey: personOf(stage, person).apiKey });
  if (response.body.errors && refusalOf(response) === 'disabled') return 'disabled';
  const { watchlist } = response.body.data.viewer;
  return { watchlist: watchlist.nodes.map(({ watched, movie }: Json) => ({ movieId: movie.databaseId, watched })) };
}
