import { ArgsType, Field, ID, Int } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { MovieFilterInput, MovieOrderInput } from './movie.input.js';

@ArgsType()
export class MovieArgs {
  @Field(() => ID, { nullable: true, description: 'Its global id.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its id in the REST APIs.' })
  databaseId?: number | null;

  @Field(() => Int, { nullable: true, description: 'Its id at MovieLens.' })
  movieLensId?: number | null;
}

@ArgsType()
export class MoviesArgs extends PageArgs {
  @Field(() => MovieFilterInput, { nullable: true, description: 'Which films; all when absent.' })
  filter?: MovieFilterInput | null;

  @Field(() => MovieOrderInput, { nullable: true, description: 'In which order; by id when absent.' })
  orderBy?: MovieOrderInput | null;
}
