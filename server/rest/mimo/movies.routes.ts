import type { MovieService } from '../../domain/movies/movie.service.js';
import type { ReadHandler } from '../../http/read-lane.js';
import { sendJsonWithCharset } from '../shared/json.js';
import { presentCollection } from './envelope.js';
import { presentMovie } from './movies.presenter.js';
import { parsePaging, toOffset } from './paging.js';
import { parsePathId } from './path-ids.js';

/** `GET /movies` (MIMO 1.1). */
export function listMovies(movies: MovieService): ReadHandler {
  return async (request, response) => {
    const paging = parsePaging(request.query);
    const page = await movies.listByOffset(toOffset(paging));
    sendJsonWithCharset(response, presentCollection(page, paging, presentMovie));
  };
}

/** `GET /movies/:movieId` (MIMO 1.2). 400, 404. */
export function getMovie(movies: MovieService): ReadHandler<{ movieId: string }> {
  return async (request, response) => {
    const movie = await movies.getSummary(parsePathId(request.params.movieId, 'movie'));
    sendJsonWithCharset(response, presentMovie(movie));
  };
}
