import Joi, { type CustomValidator } from 'joi';
import { maxCommentLength } from '../../domain/ratings/rating.service.js';
import { maxScore, minScore, scoreDecimals } from '../../domain/ratings/score.js';
import { isStorableText } from '../../domain/text.js';

export interface NewRatingBody {
  readonly rating: number;
  readonly comment?: string | null;
}

export type RatingChangeBody = Partial<NewRatingBody>;

// Joi's own `precision` rounds silently when it converts; this is what it says when it does not.
const fewDecimals: CustomValidator<number> = (value, helpers) =>
  Number(value.toFixed(scoreDecimals)) === value
    ? value
    : helpers.error('number.precision', { limit: scoreDecimals, value });

const storable: CustomValidator<string> = (value, helpers) =>
  isStorableText(value) ? value : helpers.error('any.invalid');

const rating = Joi.number().min(minScore).max(maxScore).custom(fewDecimals);
const comment = Joi.string().max(maxCommentLength).custom(storable).allow('', null);

/** The body of a new rating (MIMO 1.5). */
export const newRatingSchema = Joi.object<NewRatingBody>({ rating: rating.required(), comment });

/** The body of a change (MIMO 1.6); both are optional, even together (MIMO 1.13 M7). */
export const ratingChangeSchema = Joi.object<RatingChangeBody>({ rating, comment });
