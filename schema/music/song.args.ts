import { ArgsType, Field, ID, Int } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { SongOrderInput } from './song.input.js';

@ArgsType()
export class SongArgs {
  @Field(() => ID, { nullable: true, description: 'Its global id.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its id in the REST APIs.' })
  databaseId?: number | null;
}

@ArgsType()
export class SongsArgs extends PageArgs {
  @Field(() => SongOrderInput, { nullable: true, description: 'In which order; by id when absent.' })
  orderBy?: SongOrderInput | null;
}
