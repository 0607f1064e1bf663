import { Field, Float, ID, InputType, registerEnumType } from 'type-graphql';
import type { Direction, Order } from '../../server/domain/page.js';
import type { RatingOrderField } from '../../server/domain/ratings/rating.types.js';
import { OrderDirection } from '../shared/order.input.js';

/** The GraphQL side of `RatingOrderField`. */
const RatingOrderFieldEnum = {
  ID: 'ID',
  CREATED_AT: 'CREATED_AT',
} as const satisfies { [Field in RatingOrderField]: Field };

registerEnumType(RatingOrderFieldEnum, {
  name: 'RatingOrderField',
  description: 'What ratings can be ordered by; ties are ordered by id, the same way.',
  valuesConfig: {
    ID: { description: 'The order in which they were stored.' },
    CREATED_AT: { description: 'When they were first given.' },
  },
});

@InputType('RatingOrder', { description: 'An order of ratings.' })
export class RatingOrderInput implements Order<RatingOrderField> {
  @Field(() => RatingOrderFieldEnum, { description: 'What to order by.' })
  field!: RatingOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: Direction;
}

@InputType('RateMovieInput', { description: 'What to rate, and how.' })
export class RateMovieInput {
  @Field(() => ID, { description: 'The film: its id, or its databaseId.' })
  movieId!: string;

  @Field(() => Float, { description: '0 to 5, with at most two decimals.' })
  score!: number;

  @Field(() => String, { nullable: true, description: 'At most 500 characters; absent or null for none.' })
  comment?: string | null;
}

@InputType('DeleteRatingInput', { description: "Which film's rating to delete." })
export class DeleteRatingInput {
  @Field(() => ID, { description: 'The film: its id, or its databaseId.' })
  movieId!: string;
}
