import { Field, ObjectType } from 'type-graphql';
import { RemovalOutcome } from '../shared/outcome.type.js';
import { RatingType } from './rating.type.js';

@ObjectType('RateMoviePayload', { description: 'The film and its rating as they are now.', simpleResolvers: true })
export class RateMoviePayload {
  @Field(() => Boolean, { description: 'True for a first rating, false when an earlier one was replaced.' })
  created!: boolean;

  @Field(() => RatingType, { description: "The viewer's rating." })
  rating!: object;

  movieId!: number;
}

@ObjectType('DeleteRatingPayload', { description: 'The film as it is now.', simpleResolvers: true })
export class DeleteRatingPayload {
  @Field(() => RemovalOutcome, { description: 'Whether there was a rating to delete.' })
  outcome!: RemovalOutcome;

  movieId!: number;
}
