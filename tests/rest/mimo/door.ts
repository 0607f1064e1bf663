import {
  absentId,
  type Door,
  filmIdOf,
  type Outcome,
  personOf,
  type Result,
  readEach,
  type Stage,
} from '../../differential/door.js';
import { send, type TestResponse } from '../../support/http.js';

/** MIMO as one of the ways in: ratings and watchlists. */
export const door: Door = {
  name: 'MIMO',
  publicPaths: ({ films }) => [
    '/movies',
    '/movies?limit=2&page=2',
    '/movies?limit=1&page=9',
    ...films.flatMap(({ id }) => [`/movies/${id}`, `/movies/${id}/ratings`, `/movies/${id}/ratings?limit=1&page=2`]),
    ...[1, 2, 3].map((rating) => `/movies/${films[0]?.id ?? absentId}/ratings/${rating}`),
    `/movies/${absentId}`,
    `/movies/${absentId}/ratings`,
  ],
  perform: {
    createRating: async ({ person, film, score, comment }, stage) => {
      const path = `/movies/${filmIdOf(stage, film)}/ratings`;
      return toResult(await ask(stage, person, { path, body: { rating: score, comment } }), {
        201: 'created',
        404: 'notFound',
        409: 'alreadyRated',
      });
    },
    changeRating: async ({ person, film, score, comment }, stage) => {
      const path = await ratingPath(stage, person, film);
      const body = { rating: score, comment };
      return toResult(await ask(stage, person, { method: 'PATCH', path, body }), { 200: 'updated', 404: 'notFound' });
    },
    deleteRating: async ({ person, film }, stage) => {
      const response = await ask(stage, person, { method: 'DELETE', path: await ratingPath(stage, person, film) });
      // This door does not say whether it was the film or the rating that was not there.
      return toResult(response, { 204: 'removed', 404: stage.films[film] ? 'absent' : 'notFound' });
    },
    addToWatchlist: async ({ person, film, watched }, stage) => {
      const path = `/watchlist/${personOf(stage, person).id}/items`;
      const response = await ask(stage, person, { path, body: { movieId: filmIdOf(stage, film), watched } });
      return toResult(response, { 201: 'added', 404: 'notFound', 409: 'alreadyPresent' });
    },
    setWatched: async ({ person, film, watched }, stage) => {
      const path = await itemPath(stage, person, film);
      const response = await ask(stage, person, { method: 'PATCH', path, body: { watched } });
      return toResult(response, { 200: 'updated', 404: 'notFound' });
    },
    removeFromWatchlist: async ({ person, film }, stage) => {
      const response = await ask(stage, person, { method: 'DELETE', path: await itemPath(stage, person, film) });
      return toResult(response, { 204: 'removed', 404: 'absent' });
    },
  },
  read: async (stage) => {
    const filmIds = stage.films.map(({ id }) => id);
    const [movies, ratings, watchlists] = await Promise.all([
      list(stage, '/movies?limit=100'),
      readEach(filmIds, (id) => list(stage, `/movies/${id}/ratings?limit=100`)),
      Promise.all(
        stage.people.map(async (_, person) => [personOf(stage, person).id, await readWatchlist(stage, person)]),
      ),
    ]);
    const ofEachFilm = <T>(of: (id: number) => T) => Object.fromEntries(filmIds.map((id) => [id, of(id)]));
    return {
      titles: Object.fromEntries(movies.map(({ id, title }) => [id, title])),
      averages: Object.fromEntries(movies.map(({ id, rating }) => [id, rating])),
      ratingCounts: ofEachFilm((id) => ratings[id]?.length ?? 0),
      ratings: ofEachFilm((id) =>
        (ratings[id] ?? [])
          .map(({ userId, rating, comment }) => ({ userId, score: rating, comment }))
          .sort((a, b) => a.userId - b.userId),
      ),
      watchlists: Object.fromEntries(watchlists),
    };
  },
};

interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly body?: unknown;
}

function ask(stage: Stage, person: number, { path, ...request }: Ask): Promise<TestResponse> {
  return send(stage.url + path, { ...request, apiKey: personOf(stage, person).apiKey });
}

// Whatever the server sent; what it should be is compared.
// oxlint-disable-next-line typescript/no-explicit-any
async function list(stage: Stage, path: string): Promise<readonly any[]> {
  return (await send(stage.url + path)).body.data;
}

async function readWatchlist(stage: Stage, person: number) {
  const { status, body } = await ask(stage, person, { path: `/watchlist/${personOf(stage, person).id}?limit=100` });
  if (status === 403 && body.error === 'Account disabled') return 'disabled';
  return body.data.map(({ movieId, watched }: Record<string, unknown>) => ({ movieId, watched }));
}

/** The path of someone's rating of a film; one that leads nowhere when there is none. */
async function ratingPath(stage: Stage, person: number, film: number): Promise<string> {
  const filmId = filmIdOf(stage, film);
  const { body } = await send(`${stage.url}/movies/${filmId}/ratings?limit=100`);
  const own = body.data?.find(({ userId }: { userId: number }) => userId === personOf(stage, person).id);
  return `/movies/${filmId}/ratings/${own?.id ?? absentId}`;
}

async function itemPath(stage: Stage, person: number, film: number): Promise<string> {
  const path = `/watchlist/${personOf(stage, person).id}`;
  const { body } = await ask(stage, person, { path: `${path}?limit=100` });
  const own = body.data?.find(({ movieId }: { movieId: number }) => movieId === filmIdOf(stage, film));
  return `${path}/items/${own?.id ?? absentId}`;
}

function toResult({ status, body, text }: TestResponse, outcomes: Readonly<Record<number, Outcome>>): Result {
  if (status === 403 && body.error === 'Account disabled') return { outcome: 'disabled' };
  const outcome = outcomes[status];
  if (!outcome) throw new Error(`MIMO answered ${status} ${text}`);
  return { outcome };
}
