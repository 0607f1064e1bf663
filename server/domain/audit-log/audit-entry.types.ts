/** Values as the audit log shows them: what the domain calls them, never a secret, and of private ones only `changed`. */
export type AuditedValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One change, as the repository that makes it reports it. */
export interface AuditedChange {
  /** What was changed, and what was done to it: `rating.create`. */
  readonly action: `${string}.${string}`;
  /** The id of what was changed; null when it is no single thing. */
  readonly subjectId: number | null;
  readonly before?: AuditedValues;
  readonly after?: AuditedValues;
}

/** Who changed something: a kind of viewer, or `system` for a command or a task of the server's own. */
export type ActorKind = 'anonymous' | 'user' | 'service' | 'system';

/** An entry of the audit log as reads return it. */
export interface AuditEntryRow {
  readonly id: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly actorKind: ActorKind;
  /** A user's id, or a service's client id. */
  readonly actorId: string | null;
  /** `graphql`, a dialect's name, `http` for any other request, or `command`. */
  readonly door: string;
  readonly requestId: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: number | null;
  readonly before: AuditedValues | null;
  readonly after: AuditedValues | null;
}

/** All conditions hold together; undefined and null are none. */
export interface AuditEntryFilter {
  readonly userId?: number | null | undefined;
  readonly subject?: { readonly type: string; readonly id: number } | null | undefined;
}

export type AuditEntryOrderField = 'ID';
