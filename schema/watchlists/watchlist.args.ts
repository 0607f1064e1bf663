import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { WatchlistOrderInput } from './watchlist.input.js';

@ArgsType()
export class WatchlistArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'Only watched, or only unwatched, films.' })
  watched?: boolean | null;

  @Field(() => WatchlistOrderInput, { nullable: true, description: 'In which order; by id when absent.' })
  orderBy?: WatchlistOrderInput | null;
}
