import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { RatingOrderInput } from './rating.input.js';

@ArgsType()
export class RatingsArgs extends PageArgs {
  @Field(() => RatingOrderInput, { nullable: true, description: 'In which order; by id when absent.' })
  orderBy?: RatingOrderInput | null;
}
