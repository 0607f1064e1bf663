import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../shared/page.args.js';
import { AuditEntryFilterInput, AuditEntryOrderInput } from './audit-entry.input.js';

@ArgsType()
export class AuditLogArgs extends PageArgs {
  @Field(() => AuditEntryFilterInput, { nullable: true, description: 'Which changes; all when absent.' })
  filter?: AuditEntryFilterInput | null;

  @Field(() => AuditEntryOrderInput, { nullable: true, description: 'In which order; the latest first when absent.' })
  orderBy?: AuditEntryOrderInput | null;
}
