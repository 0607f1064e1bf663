import { Field, Float, InputType, Int, registerEnumType } from 'type-graphql';
import type { MovieFilter, MovieOrderField, MovieStatus } from '../../server/domain/movies/movie.types.js';
import type { Direction, Order } from '../../server/domain/page.js';
import { OrderDirection } from '../shared/order.input.js';

/** The GraphQL side of `MovieStatus`. */
export const MovieStatusEnum = {
  AVAILABLE: 'available',
  COMING_SOON: 'coming_soon',
} as const satisfies Record<string, MovieStatus>;

registerEnumType(MovieStatusEnum, {
  name: 'MovieStatus',
  description: 'Whether a film can be watched yet.',
  valuesConfig: {
    AVAILABLE: { description: 'It can be watched.' },
    COMING_SOON: { description: 'It is announced.' },
  },
});

/** The GraphQL side of `MovieOrderField`. */
const MovieOrderFieldEnum = {
  ID: 'ID',
  TITLE: 'TITLE',
  YEAR: 'YEAR',
  AVERAGE_RATING: 'AVERAGE_RATING',
  RATING_COUNT: 'RATING_COUNT',
  CREATED_AT: 'CREATED_AT',
} as const satisfies { [Field in MovieOrderField]: Field };

registerEnumType(MovieOrderFieldEnum, {
  name: 'MovieOrderField',
  description: 'What films can be ordered by; ties are ordered by id, the same way.',
  valuesConfig: {
    ID: { description: 'The order in which films were added.' },
    TITLE: { description: 'The title, without regard to case and accents.' },
    YEAR: { description: 'The year of release.' },
    AVERAGE_RATING: { description: 'The average rating; unrated films count as lowest.' },
    RATING_COUNT: { description: 'How many ratings there are.' },
    CREATED_AT: { description: 'When the film was added.' },
  },
});

@InputType('MovieOrder', { description: 'An order of films.' })
export class MovieOrderInput implements Order<MovieOrderField> {
  @Field(() => MovieOrderFieldEnum, { description: 'What to order by.' })
  field!: MovieOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: 'Which way.' })
  direction!: Direction;
}

@InputType('MovieFilter', {
  description:
    'Conditions on films; all that are given must hold. Texts are compared without regard to case and accents.',
})
export class MovieFilterInput implements MovieFilter {
  @Field(() => String, {
    nullable: true,
    description: 'Every word of it is in the full title, which includes "(year)".',
  })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'It is in the title.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'One of the genres equals it.' })
  genre?: string | null;

  @Field(() => String, { nullable: true, description: "It is in the director's name." })
  director?: string | null;

  @Field(() => Int, { nullable: true, description: 'Released in this year.' })
  year?: number | null;

  @Field(() => Int, { nullable: true, description: 'Released in this year or later.' })
  yearFrom?: number | null;

  @Field(() => Int, { nullable: true, description: 'Released in this year or earlier.' })
  yearTo?: number | null;

  @Field(() => MovieStatusEnum, { nullable: true, description: 'Has this status.' })
  status?: MovieStatus | null;

  @Field(() => Float, { nullable: true, description: 'Rated this high on average, or higher; 0 to 5.' })
  minAverage?: number | null;

  @Field(() => Int, { nullable: true, description: 'Has at least this many ratings.' })
  minRatingCount?: number | null;
}
