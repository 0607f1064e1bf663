import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { LibraryOrderInput } from './library.input.js';

@ArgsType()
export class LibraryArgs extends PageArgs {
  @Field(() => LibraryOrderInput, { nullable: true, description: 'In which order; by id when absent.' })
  orderBy?: LibraryOrderInput | null;
}
