import { ArgsType, Field, Int } from 'type-graphql';
import { maxPageSize } from '../shared/connection.js';

@ArgsType()
export class DialectUsageArgs {
  @Field(() => String, { nullable: true, description: 'One dialect, by its name; all when absent.' })
  dialect?: string | null;

  @Field(() => String, { nullable: true, description: 'The first day to count, in UTC, like 2026-11-25.' })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'The last day to count, in UTC.' })
  to?: string | null;

  @Field(() => Int, { defaultValue: maxPageSize, description: `How many, the largest first; 1 to ${maxPageSize}.` })
  first!: number;
}
