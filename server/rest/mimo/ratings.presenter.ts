import type { RatingRow } from '../../domain/ratings/rating.types.js';
import { presentScore } from '../../domain/ratings/score.js';
import type { NewRatingBody } from './ratings.schema.js';

/** A rating as it is read (MIMO 1.3). `createdAt` is an ISO 8601 instant in UTC. */
export interface RatingBody {
  readonly id: number;
  readonly movieId: number;
  readonly userId: number;
  readonly rating: number;
  readonly comment: string | null;
  readonly createdAt: string;
}

export function presentRating({ id, movieId, userId, score, comment, createdAt }: RatingRow): RatingBody {
  return {
    id,
    movieId,
    userId,
    rating: presentScore(score),
    comment,
    createdAt: new Date(createdAt).toISOString(),
  };
}

/** A rating as its creation answers it (MIMO 1.5): in another order, and without a comment when none was sent. */
export function presentNewRating(rating: RatingRow, sent: NewRatingBody) {
  const { id, movieId, userId, rating: score, comment, createdAt } = presentRating(rating);
  return { createdAt, id, movieId, userId, rating: score, ...(sent.comment !== undefined && { comment }) };
}
