import { GraphQLDateTimeISO } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import type { MovieStatus } from '../../server/domain/movies/movie.types.js';
import { NodeInterface } from '../node/node.type.js';
import { createConnectionType } from '../shared/connection.type.js';
import { MovieStatusEnum } from './movie.input.js';

@ObjectType('MovieExternalIds', { description: 'What other catalogues call a film.', simpleResolvers: true })
export class MovieExternalIdsType {
  @Field(() => Int, { nullable: true, description: 'Its id at MovieLens.' })
  movieLens!: number | null;

  @Field(() => String, { nullable: true, description: 'Its id at IMDb, like `tt0114709`.' })
  imdb!: string | null;

  @Field(() => String, { nullable: true, description: 'Its id at The Movie Database.' })
  tmdb!: string | null;
}

@ObjectType('Movie', { implements: NodeInterface, description: 'A film.', simpleResolvers: true })
export class MovieType extends NodeInterface {
  @Field(() => Int, { description: 'The id that the REST APIs use.' })
  databaseId!: number;

  @Field(() => String, { description: 'The title, without the year.' })
  title!: string;

  @Field(() => Int, { nullable: true, description: 'The year of release; null when unknown.' })
  year!: number | null;

  @Field(() => String, { nullable: true, description: 'Who directed it; null when unknown.' })
  director!: string | null;

  @Field(() => Int, { nullable: true, description: 'How long it is, in minutes; null when unknown.' })
  durationMinutes!: number | null;

  @Field(() => MovieStatusEnum, { description: 'Whether it can be watched yet.' })
  status!: MovieStatus;

  @Field(() => Int, { description: 'How many ratings it has.' })
  ratingCount!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was added here.' })
  createdAt!: number;
}

export const MovieConnectionType = createConnectionType('Movie', MovieType, 'films');
