import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { PlaylistEntryOrderInput } from './playlist.input.js';

@ArgsType()
export class PlaylistEntriesArgs extends PageArgs {
  @Field(() => PlaylistEntryOrderInput, { nullable: true, description: "In which order; their owner's when absent." })
  orderBy?: PlaylistEntryOrderInput | null;
}
