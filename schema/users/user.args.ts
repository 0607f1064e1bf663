import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';

@ArgsType()
export class UsersArgs extends PageArgs {
  @Field(() => Boolean, { nullable: true, description: 'True for only those who have an e-mail address.' })
  hasEmail?: boolean | null;
}
