import { Field, ID, InputType, registerEnumType } from 'type-graphql';
import type { AuditEntryOrderField } from '../../server/domain/audit-log/audit-entry.types.js';
import type { Direction, Order } from '../../server/domain/page.js';
import { OrderDirection } from '../shared/order.input.js';

/** The GraphQL side of `AuditEntryOrderField`. */
const AuditEntryOrderFieldEnum = { ID: 'ID' } as const satisfies { [Field in AuditEntryOrderField]: Field };

registerEnumType(AuditEntryOrderFieldEnum, {
  name: 'AuditEntryOrderField',
  description: 'What changes can be ordered by.',
  valuesConfig: { ID: { description: 'The order in which they were made.' } },
});

@InputType('AuditEntryOrder', { description: 'An order of changes.' })
export class AuditEntryOrderInput implements Order<AuditEntryOrderField> {
  @Field(() => AuditEntryOrderFieldEnum, { description: 'What to order by.' })
  field!: AuditEntryOrderField;

  @Field(() => OrderDirection, { description: 'Which way.' })
  direction!: Direction;
}

@InputType('AuditSubject', { description: 'One thing that may have been changed.' })
export class AuditSubjectInput {
  @Field(() => String, { description: 'Its kind, such as `rating`.' })
  type!: string;

  @Field(() => ID, { description: 'Its `databaseId`.' })
  id!: string;
}

@InputType('AuditEntryFilter', { description: 'Which changes; the conditions hold together.' })
export class AuditEntryFilterInput {
  @Field(() => ID, { nullable: true, description: 'Those of this person: their id, or their databaseId.' })
  userId?: string | null;

  @Field(() => AuditSubjectInput, { nullable: true, description: 'Those of this thing.' })
  subject?: AuditSubjectInput | null;
}
