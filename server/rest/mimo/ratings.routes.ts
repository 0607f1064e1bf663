import type { RequestHandler } from 'express';
import type { RatingService } from '../../domain/ratings/rating.service.js';
import { parseScore } from '../../domain/ratings/score.js';
import type { ReadHandler } from '../../http/read-lane.js';
import { sendJsonWithCharset } from '../shared/json.js';
import { scopeOf } from './auth.js';
import { parseBody } from './body.js';
import { presentCollection } from './envelope.js';
import { parsePaging, toOffset } from './paging.js';
import { parsePathId } from './path-ids.js';
import { presentNewRating, presentRating } from './ratings.presenter.js';
import { newRatingSchema, ratingChangeSchema } from './ratings.schema.js';

interface MoviePath {
  movieId: string;
}

interface RatingPath extends MoviePath {
  ratingId: string;
}

/** `GET /movies/:movieId/ratings` (MIMO 1.3). 400, 404. */
export function listRatings(ratings: RatingService): ReadHandler<MoviePath> {
  return async (request, response) => {
    const movieId = parsePathId(request.params.movieId, 'movie');
    const paging = parsePaging(request.query);
    const page = await ratings.listByOffset(movieId, toOffset(paging));
    sendJsonWithCharset(response, presentCollection(page, paging, presentRating));
  };
}

/** `GET /movies/:movieId/ratings/:ratingId` (MIMO 1.4). 400, 404. */
export function getRating(ratings: RatingService): ReadHandler<RatingPath> {
  return async (request, response) => {
    const { movieId, ratingId } = parseRatingPath(request.params);
    sendJsonWithCharset(response, presentRating(await ratings.getOfMovie(movieId, ratingId)));
  };
}

/** `POST /movies/:movieId/ratings` (MIMO 1.5). 401, 400, 422, 404, 409. */
export const createRating: RequestHandler<MoviePath> = async (request, response) => {
  const movieId = parsePathId(request.params.movieId, 'movie');
  const body = parseBody(newRatingSchema, request);
  const content = { score: parseScore(body.rating), comment: body.comment ?? null };
  const rating = await scopeOf(response).ratings.create(movieId, content);
  response.status(201).location(`/movies/${movieId}/ratings/${rating.id}`);
  sendJsonWithCharset(response, presentNewRating(rating, body));
};

/** `PATCH /movies/:movieId/ratings/:ratingId` (MIMO 1.6). 401, 400, 422, 404, 403. */
export const updateRating: RequestHandler<RatingPath> = async (request, response) => {
  const { movieId, ratingId } = parseRatingPath(request.params);
  const { rating, comment } = parseBody(ratingChangeSchema, request);
  const change = { score: rating === undefined ? undefined : parseScore(rating), comment };
  sendJsonWithCharset(response, presentRating(await scopeOf(response).ratings.update(movieId, ratingId, change)));
};

/** `DELETE /movies/:movieId/ratings/:ratingId` (MIMO 1.7). 401, 400, 404, 403. */
export const deleteRating: RequestHandler<RatingPath> = async (request, response) => {
  const { movieId, ratingId } = parseRatingPath(request.params);
  await scopeOf(response).ratings.delete(movieId, ratingId);
  response.status(204).end();
};

function parseRatingPath({ movieId, ratingId }: RatingPath): { movieId: number; ratingId: number } {
  return { movieId: parsePathId(movieId, 'movie'), ratingId: parsePathId(ratingId, 'rating') };
}
