import type { Request, RequestHandler } from 'express';
import type { RequestScope } from '../../request-scope.js';
import { sendJson } from '../shared/json.js';
import { scopeOf } from './auth.js';
import { presentCollection } from './envelope.js';
import { movieNotFound } from './errors.js';
import { presentMovie } from './movies.presenter.js';
import { type MovieQuery, parseListQuery, parseMovieId, parseSearchQuery } from './movies.query.js';
import { toOffset } from './paging.js';

/** `GET /api/movies` (MovieLens 4). 401, 403, 422. */
export const listMovies: RequestHandler = listBy(parseListQuery);

/** `GET /api/movies/search` (MovieLens 4, R8). 401, 403, 422. */
export const searchMovies: RequestHandler = listBy(parseSearchQuery);

/** `GET /api/movies/:movieId` (MovieLens 4, R4). 401, 403, 422, 404. */
export const getMovie: RequestHandler<{ movieId: string }> = async (request, response) => {
  const id = parseMovieId(request.params.movieId);
  const { movies, loaders } = scopeOf(response);
  const movie = await movies.findByMovieLensId(id);
  if (!movie) throw movieNotFound(BigInt(id));
  sendJson(response, presentMovie(movie, await loaders.movies.genres.load(movie.id)));
};

function listBy(parse: (request: Request) => MovieQuery): RequestHandler {
  return async (request, response) => {
    sendJson(response, await readPage(scopeOf(response), parse(request)));
  };
}

async function readPage({ movies, loaders }: RequestScope, { filter, order, paging }: MovieQuery) {
  const { rows, total } = await movies.listMovieLens(filter, { ...toOffset(paging), order });
  const items = rows.map(async (movie) => presentMovie(movie, await loaders.movies.genres.load(movie.id)));
  return presentCollection(await Promise.all(items), total, paging);
}
