import { ArgsType, Field, Int } from 'type-graphql';
import { defaultPageSize, maxPageSize, type PageArguments } from './connection.js';

/** The arguments that every list field has. */
@ArgsType()
export class PageArgs implements PageArguments {
  @Field(() => Int, { defaultValue: defaultPageSize, description: `Page size, 1 to ${maxPageSize}.` })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The cursor after which the page begins.' })
  after?: string | null;
}
