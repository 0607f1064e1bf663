import { ForbiddenError, InvalidError, NotFoundError, UnauthenticatedError } from '../errors.js';
import type { MovieRepository } from '../movies/movie.repository.js';
import type { OffsetPage, OffsetRequest } from '../page.js';
import { isStorableText } from '../text.js';
import type { UserViewer, Viewer } from '../viewer.js';
import { mayChangeRating, mayRate, mayReadRatings } from './rating.policy.js';
import type { RatingRepository } from './rating.repository.js';
import type { RatingChange, RatingContent, RatingOutcome, RatingRow } from './rating.types.js';

/** Characters a comment may have. */
export const maxCommentLength = 500;

/** Ratings of films, as one viewer may see and change them. Scores are hundredths throughout. */
export class RatingService {
  readonly #viewer: Viewer;
  readonly #ratings: RatingRepository;
  readonly #movies: MovieRepository;

  constructor(viewer: Viewer, ratings: RatingRepository, movies: MovieRepository) {
    this.#viewer = viewer;
    this.#ratings = ratings;
    this.#movies = movies;
  }

  async find(id: number): Promise<RatingRow | undefined> {
    if (!mayReadRatings(this.#viewer)) throw new ForbiddenError();
    return this.#ratings.findById(id);
  }

  /** A rating of that very film. @throws NotFoundError (rating) */
  async getOfMovie(movieId: number, id: number): Promise<RatingRow> {
    const rating = await this.find(id);
    if (rating?.movieId !== movieId) throw new NotFoundError('rating');
    return rating;
  }

  /** A film's ratings in the order of their ids, by page number. @throws NotFoundError (movie) */
  async listByOffset(movieId: number, request: OffsetRequest): Promise<OffsetPage<RatingRow>> {
    if (!mayReadRatings(this.#viewer)) throw new ForbiddenError();
    const page = await this.#ratings.listByOffset(movieId, request);
    if (!page) throw new NotFoundError('movie');
    return page;
  }

  /** How many ratings a user has written. */
  async countByUser(userId: number): Promise<number> {
    if (!mayReadRatings(this.#viewer)) throw new ForbiddenError();
    return this.#ratings.countByUser(userId);
  }

  /**
   * Rates a film that the viewer has not rated yet.
   *
   * @throws UnauthenticatedError, InvalidError (comment), NotFoundError (movie), ConflictError (alreadyRated)
   */
  async create(movieId: number, content: RatingContent): Promise<RatingRow> {
    const { userId } = this.#checkMayRate();
    checkComment(content.comment);
    return this.#ratings.create(userId, movieId, content);
  }

  /** Rates a film, or replaces the viewer's rating of it. @throws UnauthenticatedError, InvalidError, NotFoundError (movie) */
  async createOrReplace(movieId: number, content: RatingContent): Promise<RatingOutcome> {
    const { userId } = this.#checkMayRate();
    checkComment(content.comment);
    return this.#ratings.createOrReplace(userId, movieId, content);
  }

  /** @throws UnauthenticatedError, InvalidError, NotFoundError (rating), ForbiddenError when it is someone else's */
  async update(movieId: number, id: number, change: RatingChange): Promise<RatingRow> {
    this.#checkMayRate();
    checkComment(change.comment);
    return this.#ratings.update(await this.#getOwn(movieId, id), change);
  }

  /** @throws UnauthenticatedError, NotFoundError (rating), ForbiddenError when it is someone else's */
  async delete(movieId: number, id: number): Promise<void> {
    this.#checkMayRate();
    const deleted = await this.#ratings.delete(await this.#getOwn(movieId, id));
    if (!deleted) throw new NotFoundError('rating');
  }

  /** Deletes the viewer's rating of a film, if there is one. @throws UnauthenticatedError, NotFoundError (movie) */
  async deleteByMovie(movieId: number): Promise<'removed' | 'absent'> {
    const { userId } = this.#checkMayRate();
    const [rating] = await this.#ratings.findByUser(userId, [movieId]);
    if (rating) return (await this.#ratings.delete(rating)) ? 'removed' : 'absent';
    if (!(await this.#movies.findById(movieId))) throw new NotFoundError('movie');
    return 'absent';
  }

  async #getOwn(movieId: number, id: number): Promise<RatingRow> {
    const rating = await this.getOfMovie(movieId, id);
    if (!mayChangeRating(this.#viewer, rating)) throw new ForbiddenError();
    return rating;
  }

  #checkMayRate(): UserViewer {
    if (this.#viewer.kind === 'anonymous') throw new UnauthenticatedError();
    if (!mayRate(this.#viewer)) throw new ForbiddenError();
    return this.#viewer;
  }
}

function checkComment(comment: string | null | undefined): void {
  if (!comment) return;
  if (comment.length > maxCommentLength) throw new InvalidError('comment', `at most ${maxCommentLength} characters`);
  if (!isStorableText(comment)) throw new InvalidError('comment', 'text without NUL and unpaired surrogates');
}
