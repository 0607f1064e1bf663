import { GraphQLDateTimeISO, GraphQLJSONObject } from 'graphql-scalars';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import type { ActorKind, AuditedValues } from '../../server/domain/audit-log/audit-entry.types.js';
import { createConnectionType } from '../shared/connection.type.js';

/** The GraphQL side of `ActorKind`. */
const ActorKindEnum = {
  ANONYMOUS: 'anonymous',
  USER: 'user',
  SERVICE: 'service',
  SYSTEM: 'system',
} as const satisfies Record<Uppercase<ActorKind>, ActorKind>;

registerEnumType(ActorKindEnum, {
  name: 'ActorKind',
  description: 'What kind of someone made a change.',
  valuesConfig: {
    ANONYMOUS: { description: 'Someone who did not say who they are, such as whoever logs in.' },
    USER: { description: 'A person.' },
    SERVICE: { description: 'A program that acts for nobody.' },
    SYSTEM: { description: 'The server itself, or an operator’s command.' },
  },
});

@ObjectType('AuditEntry', { description: 'A change that was made.', simpleResolvers: true })
export class AuditEntryType {
  @Field(() => ID, { description: 'Later entries have larger ones.' })
  id!: number;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  createdAt!: number;

  @Field(() => ActorKindEnum, { description: 'What kind of someone made it.' })
  actorKind!: ActorKind;

  @Field(() => String, { nullable: true, description: 'The `databaseId` of a person, or the client id of a service.' })
  actorId!: string | null;

  @Field(() => String, {
    description: 'The door it came through: `graphql`, a dialect’s name, `http`, or `command` for none.',
  })
  door!: string;

  @Field(() => String, { nullable: true, description: 'The id of the request that made it, as in the log.' })
  requestId!: string | null;

  @Field(() => String, { description: 'What was done to what: `rating.create`.' })
  action!: string;

  @Field(() => String, { description: 'The kind of thing that was changed.' })
  subjectType!: string;

  @Field(() => ID, { nullable: true, description: 'Its `databaseId`; null when it is no single thing.' })
  subjectId!: number | null;

  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'Its values before. Private and secret ones are never shown, only that they `changed`.',
  })
  before!: AuditedValues | null;

  @Field(() => GraphQLJSONObject, { nullable: true, description: 'Its values after.' })
  after!: AuditedValues | null;
}

export const AuditEntryConnectionType = createConnectionType('AuditEntry', AuditEntryType, 'changes');
