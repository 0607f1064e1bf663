import type { ActorKind, AuditedChange, AuditedValues } from '../domain/audit-log/audit-entry.types.js';
import { currentRequest } from '../domain/request-context.js';
import type { Viewer } from '../domain/viewer.js';
import { prepare, type RunStatement } from './statement.js';

/** Writes a change into the audit log, on behalf of whoever sent the request that makes it. */
export async function insertAuditEntry(run: RunStatement, change: AuditedChange): Promise<void> {
  const { action, subjectId, before, after } = change;
  const row = {
    ...originOf(),
    created_at: Date.now(),
    action,
    subject_type: action.slice(0, action.indexOf('.')),
    subject_id: subjectId,
    old_values: before === undefined ? null : encodeValues(before),
    new_values: after === undefined ? null : encodeValues(after),
  };
  await run(insertEntry, row);
}

interface EntryValues extends Origin {
  readonly created_at: number;
  readonly action: string;
  readonly subject_type: string;
  readonly subject_id: number | null;
  readonly old_values: string | null;
  readonly new_values: string | null;
}

const insertEntry = prepare<Pick<EntryValues, keyof EntryValues>, never>((db, places) =>
  db.insertInto('audit_log').values({
    actor_kind: places.actor_kind,
    actor_id: places.actor_id,
    door: places.door,
    request_id: places.request_id,
    created_at: places.created_at,
    action: places.action,
    subject_type: places.subject_type,
    subject_id: places.subject_id,
    old_values: places.old_values,
    new_values: places.new_values,
  }),
);

interface Origin {
  readonly actor_kind: ActorKind;
  readonly actor_id: string | null;
  readonly door: string;
  readonly request_id: string | null;
}

function originOf(): Origin {
  const request = currentRequest();
  if (!request) return { actor_kind: 'system', actor_id: null, door: 'command', request_id: null };
  const { viewer, door = 'http', requestId } = request;
  return { actor_kind: viewer.kind, actor_id: actorIdOf(viewer), door, request_id: requestId };
}

function actorIdOf(viewer: Viewer): string | null {
  if (viewer.kind === 'user') return String(viewer.userId);
  return viewer.kind === 'service' ? viewer.clientId.slice(0, maxActorIdLength) : null;
}

/** As long as its column. */
const maxActorIdLength = 255;
/** Characters of a text that are kept, and of all values together as JSON. */
const [maxTextLength, maxLength] = [200, 2000];

function encodeValues(values: AuditedValues): string {
  const json = JSON.stringify(values, (_name, value: unknown) => (typeof value === 'string' ? shorten(value) : value));
  return json.length <= maxLength
    ? json
    : JSON.stringify({ omitted: Object.keys(values).join(', ').slice(0, maxTextLength) });
}

function shorten(text: string): string {
  return text.length <= maxTextLength ? text : `${text.slice(0, maxTextLength).toWellFormed().slice(0, -1)}…`;
}
